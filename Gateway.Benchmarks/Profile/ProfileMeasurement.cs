using System.Globalization;
using Gateway.Benchmarks.Everything;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Profile;

/// <summary>Where the gateway's time goes with everything on: samples of its stacks as tables, and a flame graph.</summary>
internal static class ProfileMeasurement
{
    private const int Connections = 64;
    private const int CountingSeconds = 3;

    // So that no sample falls outside of the load.
    private const int MarginSeconds = 2;

    private static readonly string[] Calls = ["sendto", "sendmsg", "recvfrom", "recvmsg", "epoll_wait", "futex", "sched_yield", "fsync", "write", "read"];

    /// <param name="picture">Where the flame graph goes.</param>
    public static async Task<int> RunAsync(string picture, Options options)
    {
        var folder = Directory.CreateTempSubdirectory("profile-");
        using (var upstream = await ServerProcess.StartOwnAsync("upstream", "upstream"))
        using (var sink = await ServerProcess.StartOwnAsync("sink", "telemetry-sink"))
        {
            await using var gateway = await EverythingOn.StartAsync(upstream.Address, sink.Address, folder, Perf.Settings);
            var (server, script) = (gateway.Candidate.Server, gateway.Candidate.Script);
            await Wrk.RunAsync(server.Address, script, Connections, options.WarmUp);

            var load = Wrk.RunAsync(server.Address, script, Connections, options.Seconds + MarginSeconds);
            var samples = await Perf.SampleAsync(server.Id, options.Seconds, folder.FullName);
            await load;
            await File.WriteAllTextAsync(picture, FlameGraph.Render(samples, $"gateway, everything on, {Connections} connections"));
            Console.WriteLine($"{samples.Count} samples\n\n{ProfileTables.OfParts(samples)}\n{ProfileTables.OfMethods(samples)}");

            var counted = Wrk.RunAsync(server.Address, script, Connections, CountingSeconds + MarginSeconds);
            var counts = await Perf.CountAsync(server.Id, CountingSeconds, Calls);
            var requests = (await counted).RequestsPerSecond * CountingSeconds;
            Console.WriteLine(string.Join('\n', counts.Select(call => string.Create(CultureInfo.InvariantCulture, $"{call.Key}: about {call.Value / requests:0.00} a request"))));
        }

        folder.Delete(recursive: true);
        return 0;
    }
}
