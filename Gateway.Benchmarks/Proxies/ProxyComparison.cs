using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Proxies;

/// <summary>
/// Drives the upstream, nginx, a bare YARP proxy and the gateway in turn, in short slices and alternating order, since a shared
/// machine's speed drifts: ratios are taken within a round, and the median over the rounds is told.
/// </summary>
internal static class ProxyComparison
{
    private const string Baseline = "YARP";

    private static readonly int[] Connections = [1, 16, 64];

    public static async Task<int> RunAsync(Options options)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-benchmark-").FullName;
        using var upstream = await ServerProcess.StartOwnAsync("upstream", "upstream");
        using var yarp = await ServerProcess.StartOwnAsync(Baseline, "yarp", "--target", upstream.Address.AbsoluteUri);
        using var nginx = await Nginx.TryStartAsync(upstream.Address, folder);
        var (gateway, key) = await GatewayProcess.StartAsync(upstream.Address);
        using (gateway)
        {
            ServerProcess[] servers = [upstream, .. nginx is null ? Array.Empty<ServerProcess>() : [nginx], yarp, gateway];
            var script = Wrk.WriteScript(folder, key);
            foreach (var connections in Connections)
            {
                var rounds = await MeasureAsync(servers, script, connections, options);
                Console.WriteLine(Table.Of(connections, servers.Select(server => server.Name), rounds, Baseline));
            }
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    public static async Task<IReadOnlyList<IReadOnlyDictionary<string, Sample>>> MeasureAsync(ServerProcess[] servers, string script, int connections, Options options)
    {
        // One slice of each that does not count: code is compiled and connections opened in it.
        foreach (var server in servers)
        {
            await Wrk.RunAsync(server.Address, script, connections, options.Seconds);
        }

        var rounds = new List<IReadOnlyDictionary<string, Sample>>();
        for (var round = 0; round < options.Rounds; round++)
        {
            var samples = new Dictionary<string, Sample>();
            foreach (var server in round % 2 == 0 ? servers : servers.Reverse())
            {
                samples[server.Name] = await MeasureAsync(server, script, connections, options.Seconds);
            }

            rounds.Add(samples);
        }

        return rounds;
    }

    private static async Task<Sample> MeasureAsync(ServerProcess server, string script, int connections, int seconds)
    {
        var before = server.CpuSeconds;
        var load = await Wrk.RunAsync(server.Address, script, connections, seconds);
        var cpu = server.CpuSeconds - before;
        return new Sample(load.RequestsPerSecond, load.P50Milliseconds, load.P99Milliseconds, cpu * 1000 / load.Requests, server.ResidentBytes / 1e6);
    }
}
