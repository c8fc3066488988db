using System.Globalization;
using Gateway.Benchmarks.Proxies;

namespace Gateway.Benchmarks.Growth;

/// <summary>One quantity that grows, a row for each value: what the gateway does, beside what the proxy did in the same round.</summary>
internal sealed class GrowthTable
{
    private readonly string _baseline;

    /// <param name="what">What grows.</param>
    public GrowthTable(string what, string baseline)
    {
        _baseline = baseline;
        Console.WriteLine($"| {what} | requests/s | ratio to {baseline} | p50 ms | p99 ms | ratio | CPU s per 1,000 | ratio | MB |\n|---|---|---|---|---|---|---|---|---|");
    }

    public void Add(string value, string server, IReadOnlyList<IReadOnlyDictionary<string, Sample>> rounds)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {value} | {Figure(sample => sample.RequestsPerSecond):N0} | {Ratio(sample => sample.RequestsPerSecond):0.00} | {Figure(sample => sample.P50Milliseconds):0.00} | {Figure(sample => sample.P99Milliseconds):0.00} | {Ratio(sample => sample.P99Milliseconds):0.00} | {Figure(sample => sample.CpuSecondsPerThousand):0.000} | {Ratio(sample => sample.CpuSecondsPerThousand):0.00} | {Figure(sample => sample.MegaBytes):0} |"));

        double Figure(Func<Sample, double> figure) => Median.Of(rounds.Select(round => figure(round[server])));

        double Ratio(Func<Sample, double> figure) => Median.Of(rounds.Select(round => figure(round[server]) / figure(round[_baseline])));
    }
}
