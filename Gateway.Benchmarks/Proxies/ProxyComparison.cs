using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Proxies;

/// <summary>The upstream, nginx, a bare YARP proxy, the gateway, and the gateway where it passes through what it has no route for, in one run.</summary>
internal static class ProxyComparison
{
    private const string Baseline = "YARP";
    private const string RouteOfTheProvider = "/v1/images/generations";

    private static readonly Dictionary<string, string> PassingThrough = new() { ["Gateway__PassThrough"] = "local" };

    private static readonly int[] Connections = [1, 16, 64];

    public static async Task<int> RunAsync(Options options)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-benchmark-").FullName;
        using var upstream = await ServerProcess.StartOwnAsync("upstream", "upstream");
        using var yarp = await ServerProcess.StartOwnAsync(Baseline, "yarp", "--target", upstream.Address.AbsoluteUri);
        using var nginx = await Nginx.TryStartAsync([upstream.Address], folder);
        var (gateway, key) = await GatewayProcess.StartAsync(upstream.Address);
        var (passThrough, otherKey) = await GatewayProcess.StartAsync(upstream.Address, "pass-through", PassingThrough);
        using (gateway)
        using (passThrough)
        {
            var script = Wrk.WriteScript(folder, key);
            ServerProcess[] servers = [upstream, .. nginx is null ? Array.Empty<ServerProcess>() : [nginx], yarp, gateway];
            Candidate[] candidates = [.. servers.Select(server => new Candidate(server, script)), new(passThrough, Wrk.WriteScript(folder, otherKey, RouteOfTheProvider))];
            foreach (var connections in Connections)
            {
                var rounds = await Rounds.MeasureAsync(candidates, connections, options);
                Console.WriteLine(Table.Of(connections, candidates.Select(candidate => candidate.Server.Name), rounds, Baseline));
            }
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }
}
