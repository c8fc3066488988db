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
    /// <returns>What a request took, and how many cores all of it had: fewer than there are where others use the machine.</returns>
    public async Task<(Usage Usage, double Cores)> RunAsync(int connections, int seconds)
    {
        var before = await CountAsync();
        var load = await Wrk.RunAsync(set.Candidate.Server.Address, set.Candidate.Script, connections, seconds);
        await set.Candidate.SettledAsync(load.Requests);
        var usage = (await CountAsync()).Since(before, load.Requests);
        return (usage, usage.Total * load.RequestsPerSecond);
    }

    // Since everything began.
    private async Task<Usage> CountAsync()
    {
        var (messages, scripts) = await ScriptsAsync();
        return new Usage
        {
            Gateway = set.Candidate.Processes.Sum(gateway => gateway.CpuSeconds),
            Balancer = set.Balancer.CpuSeconds,
            Upstream = upstream.CpuSeconds,
            Redis = set.Redis.CpuSeconds,
            Scripts = scripts,
            Messages = messages,
            Background = set.Worker.CpuSeconds + sink.CpuSeconds,
            Client = ServerProcess.CpuSecondsOfEndedChildren(),
        };
    }

    private async Task<(double Calls, double Seconds)> ScriptsAsync()
    {
        var port = set.Redis.Address.Port.ToString(CultureInfo.InvariantCulture);
        using var tool = Process.Start(new ProcessStartInfo("redis-cli", ["-p", port, "info", "commandstats"]) { RedirectStandardOutput = true })!;
        var output = await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        var scripts = Scripts().Matches(output);
        return (scripts.Sum(match => Number(match.Groups[1])), scripts.Sum(match => Number(match.Groups[2])) / 1e6);

        static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);
    }

    // "cmdstat_evalsha:calls=123,usec=4567,…"
    [GeneratedRegex(@"cmdstat_(?:evalsha|eval|fcall):calls=(\d+),usec=(\d+)")]
    private static partial Regex Scripts();
}
