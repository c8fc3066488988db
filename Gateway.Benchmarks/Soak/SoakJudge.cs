using System.Globalization;

namespace Gateway.Benchmarks.Soak;

/// <summary>The verdict: on memory from the samples under load, on descriptors, connections and threads from the two times without load, on usage from the ledger.</summary>
/// <param name="load">What was sampled under load after the warm-up.</param>
/// <param name="before">Each process at rest, after the warm-up.</param>
/// <param name="after">The same at the end.</param>
internal sealed class SoakJudge(IReadOnlyList<Sample> load, IReadOnlyList<Sample> before, IReadOnlyList<Sample> after)
{
    // By how much resident memory may grow over the second half of the load, in parts of its mean.
    private const double ResidentTolerance = 0.10;

    // By how much what is left on the heap after a full collection may be more than after the warm-up.
    private const double HeapTolerance = 0.20;

    // How many more descriptors, connections or threads there may be at rest than there were: the pools breathe.
    private const int Slack = 8;

    private const int MostThreads = 100;
    private const double MostQueued = 10;
    private const int Shown = 5;

    public IEnumerable<Finding> Memory(string server)
    {
        var trend = Trend.Of([.. SecondHalf(server).Select(sample => (sample.At, (double)sample.Status.ResidentBytes))]);
        yield return new Finding(
            $"{server}: resident memory",
            string.Create(CultureInfo.InvariantCulture, $"{MegaBytes(trend.PerHour):+0;-0;0} MB an hour, {trend.Share * 100:+0.0;-0.0;0.0} % over the second half of the load ({ResidentTolerance * 100:0} %); most {MegaBytes(load.Where(sample => sample.Server == server).Max(sample => sample.Status.ResidentBytes)):0} MB"),
            trend.Share <= ResidentTolerance);

        var (was, now) = (At(before, server).HeapBytes, At(after, server).HeapBytes);
        yield return new Finding(
            $"{server}: managed heap after a full collection",
            string.Create(CultureInfo.InvariantCulture, $"{MegaBytes(was):0.0} MB after warm-up, {MegaBytes(now):0.0} MB at the end (+{HeapTolerance * 100:0} %)"),
            now <= was * (1 + HeapTolerance));
    }

    /// <summary>What waits in a gateway: for a thread, and in its journal.</summary>
    public Finding Queues(string server)
    {
        var queued = Median.Of([.. SecondHalf(server).Where(sample => !double.IsNaN(sample.QueueLength)).Select(sample => sample.QueueLength)]);
        var most = load.Where(sample => sample.Server == server).Max(sample => sample.Undelivered);
        var (was, now) = (MegaBytes(At(before, server).JournalBytes), MegaBytes(At(after, server).JournalBytes));
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

    private IEnumerable<Sample> SecondHalf(string server)
    {
        var middle = (load[0].At + load[^1].At) / 2;
        return load.Where(sample => sample.Server == server && sample.At >= middle);
    }

    private static Sample At(IReadOnlyList<Sample> samples, string server) => samples.Single(sample => sample.Server == server);

    private static double MegaBytes(double bytes) => bytes / (1 << 20);

    private static string List(List<string> some) => some.Count == 0 ? "" : $" ({string.Join("; ", some.Take(Shown))}{(some.Count > Shown ? "; …" : "")})";
}
