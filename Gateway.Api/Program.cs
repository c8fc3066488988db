using Gateway.Api;
using ServiceDefaults;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.UseDefaultUrl("http://localhost:8080");
    builder.AddServiceDefaults();
    builder.AddGateway();

    var app = builder.Build();
    app.MapGateway();
    return await app.RunToExitCodeAsync();
}
catch (Exception exception) when (StartFault.Describe(exception) is { } fault)
{
    await Console.Error.WriteLineAsync(fault);
    return 1;
}
