using System.Globalization;
using System.Text;

namespace Aws.Deployment.Estimate.Reports;

/// <summary>An estimate for the console.</summary>
internal static class EstimateText
{
    private const int NameWidth = 44;

    public static string Of(CostEstimate estimate)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{estimate.Environment} in {estimate.Region}, US dollars a month\n\n");
        AddRow(text, "", "low", "expected", "high");
        foreach (var (type, usd) in estimate.ByType)
        {
            AddRow(text, type, usd);
            foreach (var item in estimate.Lines.Where(line => line.Type == type).GroupBy(line => line.Item))
            {
                AddRow(text, $"  {(item.Count() > 1 ? $"{item.Count()} × " : "")}{item.Key}", Scenarios.Sum(item.Select(line => line.Usd)));
            }
        }

        AddRow(text, "total", estimate.Total);
        text.Append('\n').AppendJoin('\n', EstimateNotes.Of(estimate));
        return text.ToString();
    }

    private static void AddRow(StringBuilder text, string name, Scenarios usd) => AddRow(text, name, Amounts.Usd(usd.Low), Amounts.Usd(usd.Expected), Amounts.Usd(usd.High));

    private static void AddRow(StringBuilder text, string name, string low, string expected, string high) =>
        text.Append(CultureInfo.InvariantCulture, $"{name.PadRight(NameWidth)} {low,12} {expected,12} {high,12}\n");
}
