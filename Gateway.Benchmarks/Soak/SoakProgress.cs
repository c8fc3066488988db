using System.Globalization;

namespace Gateway.Benchmarks.Soak;

/// <summary>A line each minute.</summary>
internal sealed class SoakProgress(CallBook book, SoakFaults faults, Sampler sampler)
{
    private int _minutes;

    public void Tell()
    {
        if (book.Now.TotalMinutes < _minutes + 1)
        {
            return;
        }

        _minutes = (int)book.Now.TotalMinutes;
        var latest = sampler.Samples.GroupBy(sample => sample.Server).Select(samples => samples.Last()).ToList();
        var gateways = latest.Where(sample => !double.IsNaN(sample.Undelivered)).ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"minute {_minutes}: {book.Asked} asked, {book.Count(Ending.Finished)} finished, {book.Count(Ending.Broken)} broken off, {book.Faults().Count} failed; {faults.Count} faults, {faults.Latest}; ")
            + string.Join("; ", gateways.Select(Text)));
    }

    private static string Text(Sample sample) => string.Create(
        CultureInfo.InvariantCulture,
        $"{sample.Server}: {sample.Status.ResidentBytes >> 20} MB, heap {sample.HeapBytes / (1 << 20):0} MB, {sample.Status.Threads} threads, {sample.Status.Descriptors} descriptors, {sample.Status.Connections} connections, {sample.Undelivered} undelivered");
}
