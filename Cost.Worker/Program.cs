using System.Diagnostics;
using Cost.Worker;
using Cost.Worker.Commands;
using ServiceDefaults;
using ServiceDefaults.Commands;

try
{
    if (CommandLine.IsCommand(args))
    {
        return await CommandLine.RunAsync(
            "The cost worker of the AI Model Gateway. Without a command it takes usage in and serves reports at http://localhost:8083/usage.",
            [ReportCommand.Create(), RebuildCommand.Create()],
            args);
    }

    // Before there are threads, which take it over: on a machine that they share requests come first, and usage can wait.
    using (var process = Process.GetCurrentProcess())
    {
        process.PriorityClass = ProcessPriorityClass.BelowNormal;
    }

    var builder = WebApplication.CreateBuilder(args);
    builder.UseDefaultUrl("http://localhost:8083");
    builder.AddServiceDefaults();
    builder.AddCost();

    var app = builder.Build();
    app.MapCost();
    return await app.RunToExitCodeAsync();
}
catch (Exception exception) when (StartFault.Describe(exception) is { } fault)
{
    await Console.Error.WriteLineAsync(fault);
    return 1;
}
