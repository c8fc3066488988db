using System.Diagnostics;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task What_is_not_known_is_named_with_exit_code_2()
    {
        var (exitCode, error) = await RunAsync("deploi");

        exitCode.ShouldBe(2);
        error.ShouldContain("'deploi'");
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }
}
