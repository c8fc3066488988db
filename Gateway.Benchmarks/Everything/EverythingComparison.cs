using Gateway.Benchmarks.Admission;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Metering;
using Gateway.Benchmarks.Proxies;
using Gateway.Benchmarks.Servers;
using Gateway.Benchmarks.Streams;

namespace Gateway.Benchmarks.Everything;

/// <summary>
/// All in one run: the upstream, nginx, a bare YARP proxy, Portkey, the gateway with its state in memory, and the gateway with everything on; as fast
/// as they go, at loads that they have room for, what they allocate, and what a stream takes.
/// </summary>
internal static class EverythingComparison
{
    private const string Baseline = "YARP";
    private const string InMemory = "gateway, state in memory";
    private const int SlowConnections = 64;
    private const int SlowMilliseconds = 50;

    private static readonly int[] Connections = [1, 16, 64];

    public static async Task<int> RunAsync(Options options)
    {
        var folder = Directory.CreateTempSubdirectory("everything-");
        using (var upstream = await ServerProcess.StartOwnAsync("upstream", "upstream"))
        using (var sink = await ServerProcess.StartOwnAsync("sink", "telemetry-sink"))
        using (var yarp = await ServerProcess.StartOwnAsync(Baseline, "yarp", "--target", upstream.Address.AbsoluteUri))
        using (var nginx = await Nginx.TryStartAsync([upstream.Address], folder.CreateSubdirectory("nginx").FullName))
        using (var portkey = await Portkey.TryStartAsync(upstream.Address))
        {
            var (memory, key) = await GatewayProcess.StartAsync(upstream.Address, InMemory, DistantLimits.OfTenant, DistantLimits.OfKey);
            using var inMemory = memory;
            await using var full = await EverythingOn.StartAsync(upstream.Address, sink.Address, folder.CreateSubdirectory("gateway"));
            await CompareAtFullSpeedAsync([upstream, nginx, yarp], portkey, inMemory, key, full, folder.FullName, options);

            (ServerProcess Server, string Key)[] servers = [(upstream, key), (yarp, key), (inMemory, key), (full.Candidate.Server, full.Key)];
            await CompareBelowSaturationAsync(servers, full, folder.FullName, options);
            await AddedLatency.RunAsync(servers, options);
            await AllocationMeasurement.RunAsync([(inMemory, key), (full.Candidate.Server, full.Key)], folder.FullName, options);
            await MeasureStreamsAsync(sink, folder.CreateSubdirectory("streams"), options);
        }

        folder.Delete(recursive: true);
        return 0;
    }

    private static async Task CompareAtFullSpeedAsync(
        ServerProcess?[] proxies, ServerProcess? portkey, ServerProcess inMemory, string key, MeteredGateway full, string folder, Options options)
    {
        var script = Wrk.WriteScript(folder, key);
        List<Candidate> candidates = [.. proxies.OfType<ServerProcess>().Append(inMemory).Select(server => new Candidate(server, script)), full.Candidate];
        if (portkey is not null)
        {
            candidates.Add(new Candidate(portkey, Wrk.WriteScript(folder, key, headers: Portkey.HeadersFor(proxies[0]!.Address))));
        }

        foreach (var connections in Connections)
        {
            var rounds = await Rounds.MeasureAsync(candidates, connections, options);
            Console.WriteLine(Table.Of(connections, candidates.Select(candidate => candidate.Name), rounds, Baseline));
            if (portkey is not null)
            {
                Console.WriteLine(Table.Multiples(candidates.Select(candidate => candidate.Name), rounds, Portkey.Name));
            }
        }
    }

    private static async Task CompareBelowSaturationAsync((ServerProcess Server, string Key)[] servers, MeteredGateway full, string folder, Options options)
    {
        Candidate[] candidates =
        [
            .. servers.Select(server => new Candidate(server.Server, Wrk.WriteScript(folder, server.Key, body: Wrk.ChatOf(Wrk.UsualPromptBytes, SlowMilliseconds)))
            {
                SettledAsync = server.Server == full.Candidate.Server ? full.Candidate.SettledAsync : _ => Task.CompletedTask,
            }),
        ];
        var rounds = await Rounds.MeasureAsync(candidates, SlowConnections, options);
        Console.WriteLine($"an upstream that takes {SlowMilliseconds} ms; {Table.Of(SlowConnections, candidates.Select(candidate => candidate.Name), rounds, Baseline)}");
    }

    // With servers of their own: the upstream's streams are as long as the measurement.
    private static async Task MeasureStreamsAsync(ServerProcess sink, DirectoryInfo folder, Options options)
    {
        using var upstream = await StreamComparison.StartUpstreamAsync(options);
        using var yarp = await ServerProcess.StartOwnAsync(Baseline, "yarp", "--target", upstream.Address.AbsoluteUri);
        var (memory, key) = await GatewayProcess.StartAsync(upstream.Address, InMemory, DistantLimits.OfTenant, DistantLimits.OfKey);
        using var inMemory = memory;
        await using var full = await EverythingOn.StartAsync(upstream.Address, sink.Address, folder);
        await StreamComparison.MeasureAsync([(upstream, key), (yarp, key), (inMemory, key), (full.Candidate.Server, full.Key)], options);
    }
}
