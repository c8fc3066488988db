using System.Globalization;
using System.Text;

namespace Aws.Deployment.Estimate.Reports;

/// <summary>An estimate as Markdown, for files and for pull requests.</summary>
internal static class EstimateMarkdown
{
    public static string Of(CostEstimate estimate)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## What `{estimate.Environment}` costs on AWS in a month ({estimate.Region})\n\n");
        text.Append("US dollars; without what model providers bill for tokens, taxes and free tiers.\n\n");
        AddTypes(text, estimate);
        AddNotes(text, estimate);
        AddLines(text, estimate);
        return text.ToString();
    }

    private static void AddTypes(StringBuilder text, CostEstimate estimate)
    {
        text.Append("| resource type | low | expected | high |\n|---|---:|---:|---:|\n");
        foreach (var (type, usd) in estimate.ByType)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {type} | {Amounts.Usd(usd.Low)} | {Amounts.Usd(usd.Expected)} | {Amounts.Usd(usd.High)} |\n");
        }

        var total = estimate.Total;
        text.Append(CultureInfo.InvariantCulture, $"| **total** | **{Amounts.Usd(total.Low)}** | **{Amounts.Usd(total.Expected)}** | **{Amounts.Usd(total.High)}** |\n\n");
    }

    private static void AddNotes(StringBuilder text, CostEstimate estimate)
    {
        foreach (var note in EstimateNotes.Of(estimate))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {note}\n");
        }

        text.Append('\n');
    }

    private static void AddLines(StringBuilder text, CostEstimate estimate)
    {
        text.Append("<details><summary>Every item</summary>\n\n| stack | resource | item | quantity | unit | price | low | expected | high |\n|---|---|---|---:|---|---:|---:|---:|---:|\n");
        foreach (var line in estimate.Lines.OrderByDescending(line => line.Usd.Expected))
        {
            var note = (line.PriceRegion == estimate.Region ? "" : $" ({line.PriceRegion})") + (line.IsPriceChecked ? "" : " unchecked");
            text.Append(CultureInfo.InvariantCulture, $"| {line.Stack} | {line.Resource} | {line.Item} | {Amounts.Quantity(line.Quantity.Expected)} | {line.Unit} | {line.UnitPrice}{note} ")
                .Append(CultureInfo.InvariantCulture, $"| {Amounts.Usd(line.Usd.Low)} | {Amounts.Usd(line.Usd.Expected)} | {Amounts.Usd(line.Usd.High)} |\n");
        }

        text.Append("\n</details>\n");
    }
}
