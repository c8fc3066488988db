using Gateway.Api.Metering.Journal;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Metering;
using Gateway.Benchmarks.Proxies;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Admission;

/// <summary>What deciding costs: the gateway with everything on, limits and budgets at key and tenant, beside a bare YARP proxy and the gateway metered only.</summary>
internal static class AdmissionComparison
{
    private const string Baseline = "YARP";

    private static readonly int[] Connections = [16, 64];

    public static async Task<int> RunAsync(Options options)
    {
        var folder = Directory.CreateTempSubdirectory("admission-benchmark-");
        using (var upstream = await ServerProcess.StartOwnAsync("upstream", "upstream"))
        using (var yarp = await ServerProcess.StartOwnAsync(Baseline, "yarp", "--target", upstream.Address.AbsoluteUri))
        {
            await using var metered = await MeteredGateway.StartAsync(upstream.Address, JournalDurability.Process, folder.CreateSubdirectory("metered").FullName, "keys and metering");
            await using var limited = await MeteredGateway.StartAsync(
                upstream.Address, JournalDurability.Process, folder.CreateSubdirectory("limited").FullName, "and limits and budgets", DistantLimits.OfTenant, DistantLimits.OfKey);
            Candidate[] candidates = [new(yarp, Wrk.WriteScript(folder.FullName, "none")), metered.Candidate, limited.Candidate];
            foreach (var connections in Connections)
            {
                var rounds = await Rounds.MeasureAsync(candidates, connections, options);
                Console.WriteLine(Table.Of(connections, candidates.Select(candidate => candidate.Server.Name), rounds, Baseline));
            }
        }

        folder.Delete(recursive: true);
        return 0;
    }
}
