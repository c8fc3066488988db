using Local.Model;
using ServiceDefaults;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.UseDefaultUrl("http://localhost:8000");
    builder.AddServiceDefaults();
    builder.AddLocalModel();

    var app = builder.Build();
    app.MapLocalModel();
    return await app.RunToExitCodeAsync();
}
catch (Exception exception) when (StartFault.Describe(exception) is { } fault)
{
    await Console.Error.WriteLineAsync(fault);
    return 1;
}
