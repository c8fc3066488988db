using Gateway.Api.Metering.Journal;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Proxies;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Metering;

/// <summary>What metering costs the gateway: without a journal, and with one at either durability, delivered and taken in meanwhile.</summary>
internal static class MeteringComparison
{
    private const string Baseline = "no journal";

    private static readonly int[] Connections = [16, 64];

    public static async Task<int> RunAsync(Options options)
    {
        var folder = Directory.CreateTempSubdirectory("metering-benchmark-");
        using (var upstream = await ServerProcess.StartOwnAsync("upstream", "upstream"))
        {
            var (plain, key) = await GatewayProcess.StartAsync(upstream.Address, Baseline);
            using (plain)
            {
                await using var process = await MeteredGateway.StartAsync(upstream.Address, JournalDurability.Process, folder.CreateSubdirectory("process").FullName);
                await using var disk = await MeteredGateway.StartAsync(upstream.Address, JournalDurability.Disk, folder.CreateSubdirectory("disk").FullName);
                Candidate[] candidates = [new(plain, Wrk.WriteScript(folder.FullName, key)), process.Candidate, disk.Candidate];
                foreach (var connections in Connections)
                {
                    var rounds = await Rounds.MeasureAsync(candidates, connections, options);
                    Console.WriteLine(Table.Of(connections, candidates.Select(candidate => candidate.Server.Name), rounds, Baseline));
                }
            }
        }

        folder.Delete(recursive: true);
        return 0;
    }
}
