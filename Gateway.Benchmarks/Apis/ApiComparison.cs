using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Proxies;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Apis;

/// <summary>What it costs to speak another API than the upstream's: the same question as chat, whose bytes go through, and in each other form.</summary>
internal static class ApiComparison
{
    private const string Baseline = "chat";

    private static readonly int[] Connections = [16, 64];

    public static async Task<int> RunAsync(Options options)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-benchmark-").FullName;
        using var upstream = await ServerProcess.StartOwnAsync("upstream", "upstream");
        var (gateway, key) = await GatewayProcess.StartAsync(upstream.Address);
        using (gateway)
        {
            Candidate[] candidates =
            [
                new(gateway, Wrk.WriteScript(folder, key)) { Name = Baseline },
                new(gateway, Wrk.WriteMessagesScript(folder, key)) { Name = "messages" },
                new(gateway, Wrk.WriteResponsesScript(folder, key)) { Name = "responses" },
            ];
            foreach (var connections in Connections)
            {
                var rounds = await Rounds.MeasureAsync(candidates, connections, options);
                Console.WriteLine(Table.Of(connections, candidates.Select(candidate => candidate.Name), rounds, Baseline));
            }
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }
}
