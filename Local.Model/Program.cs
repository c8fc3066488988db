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
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartFault.Describe(exception) is { } fault)
{
    await Console.Error.WriteLineAsync(fault);
    return 1;
}
