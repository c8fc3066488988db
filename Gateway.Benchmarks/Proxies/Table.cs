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
            text.Append(CultureInfo.InvariantCulture, $"| {server} | {Figure(sample => sample.RequestsPerSecond):N0} | {Ratio(sample => sample.RequestsPerSecond)}");
            text.Append(CultureInfo.InvariantCulture, $" | {Figure(sample => sample.P50Milliseconds):0.00} | {Figure(sample => sample.P99Milliseconds):0.00} | {Ratio(sample => sample.P99Milliseconds)}");
            text.Append(CultureInfo.InvariantCulture, $" | {Figure(sample => sample.CpuSecondsPerThousand):0.000} | {Ratio(sample => sample.CpuSecondsPerThousand)}");
            text.AppendLine(CultureInfo.InvariantCulture, $" | {Figure(sample => sample.MegaBytes):0} |");

            double Figure(Func<Sample, double> figure) => Median.Of(rounds.Select(round => figure(round[server])));

            string Ratio(Func<Sample, double> figure) =>
                Median.Of(rounds.Select(round => figure(round[server]) / figure(round[baseline]))).ToString("0.00", CultureInfo.InvariantCulture);
        }

        return text.ToString();
    }

    /// <summary>How many times the baseline's requests/s each one does.</summary>
    public static string Multiples(IEnumerable<string> servers, IReadOnlyList<IReadOnlyDictionary<string, Sample>> rounds, string baseline) =>
        $"requests/s over {baseline}'s: " + string.Join(", ", servers.Select(server =>
            string.Create(CultureInfo.InvariantCulture, $"{server} {Median.Of(rounds.Select(round => round[server].RequestsPerSecond / round[baseline].RequestsPerSecond)):0.0}"))) + "\n";
}
