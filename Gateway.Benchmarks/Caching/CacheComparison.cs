using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Proxies;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Caching;

/// <summary>A hit from memory, and a request that the cache lets pass, against a bare YARP proxy; then what grouping makes of embeddings that come at once.</summary>
internal static class CacheComparison
{
    private const string Baseline = "YARP";

    private static readonly int[] Connections = [16, 64];

    public static async Task<int> RunAsync(Options options)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-benchmark-").FullName;
        using (var upstream = await ServerProcess.StartOwnAsync("upstream", "upstream"))
        {
            using var yarp = await ServerProcess.StartOwnAsync(Baseline, "yarp", "--target", upstream.Address.AbsoluteUri);
            var (gateway, key) = await GatewayProcess.StartAsync(upstream.Address);
            using (gateway)
            {
                var passes = Wrk.WriteScript(folder, key);
                Candidate[] candidates =
                [
                    new(yarp, passes),
                    new(gateway, passes) { Name = "bypass" },
                    new(gateway, Wrk.WriteScript(folder, key, temperature: "0")) { Name = "hit" },
                ];
                foreach (var connections in Connections)
                {
                    var rounds = await Rounds.MeasureAsync(candidates, connections, options);
                    Console.WriteLine(Table.Of(connections, candidates.Select(candidate => candidate.Name), rounds, Baseline));
                }
            }
        }

        Directory.Delete(folder, recursive: true);
        Console.WriteLine(await GroupingMeasurement.RunAsync(options));
        return 0;
    }
}
