using System.CommandLine;
using Cost.Worker.Configuration;
using Cost.Worker.Ledger;
using ServiceDefaults.Commands;

namespace Cost.Worker.Commands;

/// <summary>What the commands that work on the ledger have in common.</summary>
internal static class LedgerCommand
{
    public static Option<string?> Data() => new("--data")
    {
        Description = "The worker's data directory (default: Data__Directory of the environment, else where the AppHost of this checkout keeps it).",
        HelpName = "DIR",
    };

    public static IConfiguration Configuration(string? data) =>
        new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(data is null ? [] : [new("Data:Directory", data)]).Build();

    /// <summary>Does something with the ledger that the configuration names, and says in words why it cannot.</summary>
    public static async Task<int> RunAsync(IConfiguration configuration, Func<IUsageLedger, Task<int>> work)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(options => options.SingleLine = true)
            .AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace));
        await using var ledger = LedgerRegistration.Create(configuration, TimeProvider.System, loggers);
        try
        {
            return await work(ledger);
        }
        catch (LedgerUnavailableException failure)
        {
            await Console.Error.WriteLineAsync($"The ledger cannot be read or written: {failure.Message}");
            return CommandLine.Failed;
        }
    }

    /// <summary>A directory given wrongly must not look like a month without usage.</summary>
    public static string? Missing(IConfiguration configuration)
    {
        var directory = DataDirectory.Of(configuration);
        return LedgerOptionsValidator.Read(configuration).UsesFiles && !Directory.Exists(Path.Combine(directory, "ledger"))
            ? $"There is no ledger in {directory}. Start the worker first, or name its folder with --data."
            : null;
    }
}
