using System.Diagnostics;
using Xunit;

namespace Gateway.Tests.AppHost;

/// <summary>The AppHost as a process that ends by itself.</summary>
internal static class AppHostCommand
{
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args) => RunAsync(args, searchPath: null);

    /// <param name="args">Its command line.</param>
    /// <param name="searchPath">Its <c>PATH</c>, if not this process's.</param>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(IReadOnlyList<string> args, string? searchPath)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Projects.AppHost).Assembly.Location, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (searchPath is not null)
        {
            start.Environment["PATH"] = searchPath;
        }

        using var appHost = Process.Start(start)!;
        var output = appHost.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = appHost.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await appHost.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (appHost.ExitCode, await output, await error);
    }
}
