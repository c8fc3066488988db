using System.Globalization;

namespace Gateway.Benchmarks.Soak;

/// <summary>The verdict: on memory from the samples under load, on descriptors, connections and threads from the two times without load, on usage from the ledger.</summary>
/// <param name="load">What was sampled under load after the warm-up.</param>
/// <param name="before">Each process at rest, after the warm-up.</param>
/// <param name="after">The same at the end.</param>
internal sealed class SoakJudge(IReadOnlyList<Sample> load, IReadOnlyList<Sample> before, IReadOnlyList<Sample> after)
{
    /// <summary>By how much resident memory may grow over the second half of the load, in parts of its mean.</summary>
    public const double ResidentTolerance = 0.10;

    /// <summary>The same of the managed heap, which is seldom looked at at the same point between two full collections.</summary>
    public const double HeapTolerance = 0.20;

    /// <summary>How many more descriptors, connections or threads there may be at rest than there were: the pools breathe.</summary>
    public const int Slack = 8;

    private const int MostThreads = 100;
    private const double MostQueued = 10;
    private const int Shown = 5;

    public IEnumerable<Finding> Memory(string server) =>
    [
        MemoryOf($"{server}: resident memory", server, sample => sample.Status.ResidentBytes, ResidentTolerance),
        MemoryOf($"{server}: managed heap", server, sample => sample.HeapBytes, HeapTolerance),
    ];

    /// <summary>What waits in a gateway: for a thread, and in its journal.</summary>
    public Finding Queues(string server)
    {
        var queued = Median.Of([.. SecondHalf(server).Where(sample => !double.IsNaN(sample.QueueLength)).Select(sample => sample.QueueLength)]);
        var most = load.Where(sample => sample.Server == server).Max(sample => sample.Undelivered);
        var (was, now) = (JournalOf(before, server), JournalOf(after, server));
        return new Finding(
            $"{server}: queues",
            string.Create(CultureInfo.InvariantCulture, $"{queued:0} waited for a thread, median ({MostQueued:0}); at most {most:0} events undelivered; journal {was:0.0} MB after warm-up, {now:0.0} MB at the end (no more)"),
            queued <= MostQueued && now <= was);
    }

    public IEnumerable<Finding> Rest() => before.Select(sample =>
    {
        var (was, now) = (sample.Status, after.FirstOrDefault(other => other.Server == sample.Server)?.Status);
        var most = load.Where(other => other.Server == sample.Server).Select(other => other.Status.Threads).DefaultIfEmpty().Max();
        return new Finding(
            $"{sample.Server}: descriptors, connections, threads at rest",
            $"{was.Descriptors}, {was.Connections}, {was.Threads} after warm-up; {now?.Descriptors}, {now?.Connections}, {now?.Threads} at the end (+{Slack}); at most {most} threads ({MostThreads})",
            now is { } end && end.Descriptors <= was.Descriptors + Slack && end.Connections <= was.Connections + Slack && end.Threads <= was.Threads + Slack && most <= MostThreads);
    });

    public static IEnumerable<Finding> Calls(CallBook book, KeyFault keys)
    {
        var faults = book.Faults().Concat(keys.Faults).ToList();
        yield return new Finding(
            "requests",
            $"{book.Asked} asked, {book.Count(Ending.Finished)} finished, {book.Count(Ending.Left)} left by their callers, {book.Count(Ending.Broken)} broken off, {book.Count(Ending.Refused)} refused; {keys.Count} keys made and revoked; {faults.Count} that should not have failed{List(faults)}",
            faults.Count == 0);
    }

    public static Finding Ledger(CallBook book, IReadOnlyDictionary<string, int> counts)
    {
        var asked = book.Ids.ToHashSet();
        var lost = book.Answered.Where(id => !counts.ContainsKey(id)).ToList();
        var doubled = counts.Where(one => one.Value > 1).Select(one => one.Key).ToList();
        var madeUp = counts.Keys.Where(id => !asked.Contains(id)).ToList();
        return new Finding(
            "ledger",
            $"{counts.Values.Sum()} events for {book.Answered.Count()} requests answered; {lost.Count} lost{List(lost)}, {doubled.Count} doubled{List(doubled)}, {madeUp.Count} made up{List(madeUp)}",
            lost.Count + doubled.Count + madeUp.Count == 0);
    }

    /// <summary>Whether all that is counted at rest is back to what it was.</summary>
    public static bool IsBack(IReadOnlyList<Sample> before, IReadOnlyList<Sample> after) => new SoakJudge([], before, after).Rest().All(finding => finding.Holds);

    private Finding MemoryOf(string what, string server, Func<Sample, double> bytesOf, double tolerance)
    {
        double MegaBytes(IReadOnlyList<Sample> samples) => bytesOf(samples.Single(sample => sample.Server == server)) / (1 << 20);

        var trend = Trend.Of([.. SecondHalf(server).Select(sample => (sample.At, bytesOf(sample))).Where(one => !double.IsNaN(one.Item2))]);
        return new Finding(
            what,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{MegaBytes(before):0} MB at rest after warm-up, {MegaBytes(after):0} MB at the end; {trend.PerHour / (1 << 20):+0;-0;0} MB an hour, {trend.Share * 100:+0.0;-0.0;0.0} % over the second half of the load ({tolerance * 100:0} %)"),
            trend.Share <= tolerance);
    }

    private IEnumerable<Sample> SecondHalf(string server)
    {
        var middle = (load[0].At + load[^1].At) / 2;
        return load.Where(sample => sample.Server == server && sample.At >= middle);
    }

    private static double JournalOf(IReadOnlyList<Sample> samples, string server) => samples.Single(sample => sample.Server == server).JournalBytes / (1 << 20);

    private static string List(List<string> some) => some.Count == 0 ? "" : $" ({string.Join("; ", some.Take(Shown))}{(some.Count > Shown ? "; …" : "")})";
}
