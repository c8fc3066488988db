using System.Globalization;
using System.Text;

namespace Gateway.Benchmarks.Profile;

/// <summary>Where the time goes, as Markdown.</summary>
internal static class ProfileTables
{
    private const int Rows = 40;

    public static string OfParts(IReadOnlyList<StackSample> samples)
    {
        var text = new StringBuilder("| | % of the CPU time | of it in the kernel |\n|---|---|---|\n");
        foreach (var part in samples.GroupBy(sample => Parts.Of(sample).Name).OrderByDescending(part => part.Count()))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {part.Key} | {Share(part.Count())} | {Share(part.Count(sample => sample.Frames.Any(frame => frame.IsKernel)))} |");
        }

        return text.ToString();

        string Share(int count) => (100.0 * count / samples.Count).ToString("0.0", CultureInfo.InvariantCulture);
    }

    /// <summary>What takes most time itself, and with all that it calls.</summary>
    public static string OfMethods(IReadOnlyList<StackSample> samples)
    {
        var text = new StringBuilder();
        Append("itself", sample => [sample.Frames[0].Name]);
        Append("with what it calls until it waits", sample => Parts.SinceResumed(sample).Where(frame => frame.IsManaged).Select(frame => frame.Name).Distinct());
        return text.ToString();

        void Append(string heading, Func<StackSample, IEnumerable<string>> names)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {heading} | % |\n|---|---|");
            foreach (var method in samples.SelectMany(names).CountBy(name => name).OrderByDescending(method => method.Value).Take(Rows))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"| `{method.Key}` | {100.0 * method.Value / samples.Count:0.0} |");
            }

            text.AppendLine();
        }
    }
}
