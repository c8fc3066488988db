using Cost.Worker;
using Cost.Worker.Commands;
using ServiceDefaults;

try
{
    if (CommandLine.IsCommand(args))
    {
        return await CommandLine.RunAsync(args);
    }

    var builder = WebApplication.CreateBuilder(args);
    builder.UseDefaultUrl("http://localhost:8083");
    builder.AddServiceDefaults();
    builder.AddCost();

    var app = builder.Build();
    app.MapCost();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartFault.Describe(exception) is { } fault)
{
    await Console.Error.WriteLineAsync(fault);
    return 1;
}
