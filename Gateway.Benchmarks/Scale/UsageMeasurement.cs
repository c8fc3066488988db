using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Benchmarks.Everything;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Scale;

/// <summary>What a request takes of everybody, by the kernel's count and Redis's own.</summary>
internal sealed partial class UsageMeasurement(ReplicaSet set, ServerProcess upstream, ServerProcess sink)
{
    public async Task<Usage> RunAsync(int connections, int seconds)
    {
        var before = await CountAsync();
        var load = await Wrk.RunAsync(set.Candidate.Server.Address, set.Candidate.Script, connections, seconds);
        await set.Candidate.SettledAsync(load.Requests);
        var after = await CountAsync();
        return new Usage(
            Per(count => count.Gateway), Per(count => count.Balancer), Per(count => count.Upstream), Per(count => count.Redis), Per(count => count.Background), Per(count => count.Client), Per(count => count.Messages));

        double Per(Func<Usage, double> figure) => (figure(after) - figure(before)) / load.Requests;
    }

    // Since the beginning, in place of a request.
    private async Task<Usage> CountAsync() => new(
        set.Candidate.Processes.Sum(gateway => gateway.CpuSeconds),
        set.Balancer.CpuSeconds,
        upstream.CpuSeconds,
        set.Redis.CpuSeconds,
        set.Worker.CpuSeconds + sink.CpuSeconds,
        ServerProcess.CpuSecondsOfEndedChildren(),
        await MessagesAsync());

    private async Task<double> MessagesAsync()
    {
        var port = set.Redis.Address.Port.ToString(CultureInfo.InvariantCulture);
        using var tool = Process.Start(new ProcessStartInfo("redis-cli", ["-p", port, "info", "commandstats"]) { RedirectStandardOutput = true })!;
        var output = await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        return Scripts().Matches(output).Sum(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    // "cmdstat_evalsha:calls=123,usec=…"
    [GeneratedRegex(@"cmdstat_(?:evalsha|eval|fcall):calls=(\d+)")]
    private static partial Regex Scripts();
}
