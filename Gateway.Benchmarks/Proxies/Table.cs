using System.Globalization;
using System.Text;

namespace Gateway.Benchmarks.Proxies;

/// <summary>The medians over the rounds as Markdown, each beside its ratio to the baseline within the same round.</summary>
internal static class Table
{
    public static string Of(int connections, IEnumerable<string> servers, IReadOnlyList<IReadOnlyDictionary<string, Sample>> rounds, string baseline)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{connections} connections, {rounds.Count} rounds, ratios to {baseline} within a round\n");
        text.AppendLine("| | requests/s | ratio | p50 ms | p99 ms | ratio | CPU s per 1,000 | ratio | MB |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var server in servers)
        {
            var samples = rounds.Select(round => round[server]).ToList();
            text.Append(CultureInfo.InvariantCulture, $"| {server} | {Median(samples, sample => sample.RequestsPerSecond):N0} | {Ratio(sample => sample.RequestsPerSecond)}");
            text.Append(CultureInfo.InvariantCulture, $" | {Median(samples, sample => sample.P50Milliseconds):0.00} | {Median(samples, sample => sample.P99Milliseconds):0.00} | {Ratio(sample => sample.P99Milliseconds)}");
            text.Append(CultureInfo.InvariantCulture, $" | {Median(samples, sample => sample.CpuSecondsPerThousand):0.000} | {Ratio(sample => sample.CpuSecondsPerThousand)}");
            text.AppendLine(CultureInfo.InvariantCulture, $" | {Median(samples, sample => sample.MegaBytes):0} |");

            string Ratio(Func<Sample, double> figure) =>
                Median(rounds, round => figure(round[server]) / figure(round[baseline])).ToString("0.00", CultureInfo.InvariantCulture);
        }

        return text.ToString();
    }

    private static double Median<T>(IEnumerable<T> items, Func<T, double> figure)
    {
        var ordered = items.Select(figure).Order().ToList();
        return ordered.Count % 2 == 1 ? ordered[ordered.Count / 2] : (ordered[(ordered.Count / 2) - 1] + ordered[ordered.Count / 2]) / 2;
    }
}
