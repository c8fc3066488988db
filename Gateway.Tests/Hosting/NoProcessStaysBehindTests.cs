using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Hosting;

public sealed class NoProcessStaysBehindTests
{
    // Grandchildren: one ordinary, one that ignores TERM, one in the background of a program that ends.
    private const string Family = "sleep 600 & (trap '' TERM; echo up; sleep 600; sleep 600) & sleep 600";

    [Theory]
    [InlineData("stop")]
    [InlineData("dispose")]
    [InlineData("command")]
    public async Task After_an_orderly_end(string how)
    {
        await using var builder = TestHost.CreateBuilder();
        builder.AddShell("family", Family);
        await using var app = await builder.StartAsync();
        await app.LinesAsync("family", line => line == "up");
        var running = await app.StateAsync("family", KnownResourceStates.Running);
        var program = (int)running.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value!;
        IReadOnlyList<int> processes = [program, .. ProcessTree.DescendantsOf(program)];
        processes.Count.ShouldBeGreaterThan(2);

        var started = Stopwatch.GetTimestamp();
        await (how switch
        {
            "stop" => app.StopAsync(TestHost.Token),
            "dispose" => app.DisposeAsync().AsTask(),
            _ => app.ResourceCommands.ExecuteCommandAsync("family", KnownResourceCommands.StopCommand, TestHost.Token),
        });

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(2));
        await ProcessTree.GoneAsync(processes);
    }

    [Theory]
    [InlineData("KILL", 137)]
    [InlineData("TERM", 0)]
    [InlineData("INT", 0)]
    public async Task After_the_AppHost_was_ended_by_a_signal(string signal, int exitCode)
    {
        using var appHost = StartAppHost();
        await ReadUntilAsync(appHost.StandardOutput, "[gateway]");
        _ = appHost.StandardOutput.ReadToEndAsync(TestHost.Token);
        var processes = ProcessTree.DescendantsOf(appHost.Id);
        processes.Count.ShouldBeGreaterThanOrEqualTo(4);

        using (var kill = Process.Start("kill", [$"-{signal}", $"{appHost.Id}"]))
        {
            await kill.WaitForExitAsync(TestHost.Token);
        }

        await appHost.WaitForExitAsync(TestHost.Token);
        appHost.ExitCode.ShouldBe(exitCode);
        await ProcessTree.GoneAsync(processes);
    }

    private static Process StartAppHost()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            ArgumentList = { typeof(Projects.AppHost).Assembly.Location },
            RedirectStandardOutput = true,
            Environment = { ["DcpPublisher__RandomizePorts"] = "true", ["Dashboard__Enabled"] = "false" },
        };
        return Process.Start(start)!;
    }

    private static async Task ReadUntilAsync(StreamReader output, string text)
    {
        while (await output.ReadLineAsync(TestHost.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The AppHost ended without writing {text}.");
    }
}
