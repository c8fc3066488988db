using System.Globalization;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Servers;
using Gateway.Benchmarks.Streams;

namespace Gateway.Benchmarks.Everything;

/// <summary>What servers add to a reply's time at a rate well below what they can do. The first is the upstream itself.</summary>
internal static class AddedLatency
{
    private const int PerSecond = 500;

    public static async Task RunAsync(IReadOnlyList<(ServerProcess Server, string Key)> servers, Options options)
    {
        var rounds = new List<Percentiles[]>();

        // The first round does not count: connections are made in it.
        for (var round = 0; round <= options.Rounds; round++)
        {
            var times = new Percentiles[servers.Count];
            foreach (var index in round % 2 == 0 ? Enumerable.Range(0, servers.Count) : Enumerable.Range(0, servers.Count).Reverse())
            {
                times[index] = await PacedLoad.RunAsync(servers[index].Server.Address, servers[index].Key, PerSecond, options.Seconds);
            }

            rounds.Add(times);
        }

        rounds.RemoveAt(0);
        Console.WriteLine($"{PerSecond} requests/s, {rounds.Count} rounds; added: to the upstream's own in the same round\n");
        Console.WriteLine("| | p50 ms | added | p99 ms | added |");
        Console.WriteLine("|---|---|---|---|---|");
        for (var index = 0; index < servers.Count; index++)
        {
            var of = index;
            Console.WriteLine(
                $"| {servers[of].Server.Name} | {Figure(times => times[of].P50)} | {Figure(times => times[of].P50 - times[0].P50)} | {Figure(times => times[of].P99)} | {Figure(times => times[of].P99 - times[0].P99)} |");
        }

        Console.WriteLine();

        string Figure(Func<Percentiles[], double> figure) => Median.Of(rounds.Select(figure)).ToString("0.00", CultureInfo.InvariantCulture);
    }
}
