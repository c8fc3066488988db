using Demo.Web;
using ServiceDefaults;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.UseDefaultUrl("http://localhost:8082");
    builder.AddServiceDefaults();
    builder.AddDemo();

    var app = builder.Build();
    app.MapDemo();
    return await app.RunToExitCodeAsync();
}
catch (Exception exception) when (StartFault.Describe(exception) is { } fault)
{
    await Console.Error.WriteLineAsync(fault);
    return 1;
}
