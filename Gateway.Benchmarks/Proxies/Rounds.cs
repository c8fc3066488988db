using Gateway.Benchmarks.Load;

namespace Gateway.Benchmarks.Proxies;

/// <summary>
/// Drives servers in turn, in short slices and alternating order, since a shared machine's speed drifts: ratios are taken within a
/// round, and the median over the rounds is told.
/// </summary>
internal static class Rounds
{
    public static async Task<IReadOnlyList<IReadOnlyDictionary<string, Sample>>> MeasureAsync(IReadOnlyList<Candidate> candidates, int connections, Options options)
    {
        // One slice of each that does not count.
        foreach (var candidate in candidates)
        {
            await MeasureAsync(candidate, connections, Math.Max(options.WarmUp, options.Seconds));
        }

        var rounds = new List<IReadOnlyDictionary<string, Sample>>();
        for (var round = 0; round < options.Rounds; round++)
        {
            var samples = new Dictionary<string, Sample>();
            foreach (var candidate in round % 2 == 0 ? candidates : candidates.Reverse())
            {
                samples[candidate.Name] = await MeasureAsync(candidate, connections, options.Seconds);
            }

            rounds.Add(samples);
        }

        return rounds;
    }

    private static async Task<Sample> MeasureAsync(Candidate candidate, int connections, int seconds)
    {
        var before = candidate.Processes.Sum(process => process.CpuSeconds);
        var load = await Wrk.RunAsync(candidate.Server.Address, candidate.Script, connections, seconds);
        await candidate.SettledAsync(load.Requests);
        var cpu = candidate.Processes.Sum(process => process.CpuSeconds) - before;
        return new Sample(load.RequestsPerSecond, load.P50Milliseconds, load.P99Milliseconds, cpu * 1000 / load.Requests, candidate.Processes.Sum(process => process.ResidentBytes) / 1e6);
    }
}
