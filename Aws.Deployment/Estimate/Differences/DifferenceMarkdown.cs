using System.Globalization;
using System.Text;
using Aws.Deployment.Estimate.Reports;

namespace Aws.Deployment.Estimate.Differences;

/// <summary>What a pull request changes on AWS and what that costs, as Markdown for a comment.</summary>
internal static class DifferenceMarkdown
{
    public static string Of(IReadOnlyList<ResourceChange> changes, CostEstimate before, CostEstimate after)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## What changes in `{after.Environment}` on AWS ({after.Region})\n\n");
        AddCosts(text, before, after);
        AddChanges(text, changes);
        return text.ToString();
    }

    private static void AddCosts(StringBuilder text, CostEstimate before, CostEstimate after)
    {
        var change = after.Total - before.Total;
        text.Append(CultureInfo.InvariantCulture, $"Expected cost: **{Amounts.Usd(after.Total.Expected)} USD a month, {Amounts.Change(change.Expected)}** ")
            .Append(CultureInfo.InvariantCulture, $"(low {Amounts.Usd(after.Total.Low)}, {Amounts.Change(change.Low)}; high {Amounts.Usd(after.Total.High)}, {Amounts.Change(change.High)}).\n\n");
        var (old, now) = (before.ByType.ToDictionary(one => one.Type, one => one.Usd), after.ByType.ToDictionary(one => one.Type, one => one.Usd));
        var types = old.Keys.Union(now.Keys).Select(type => (Type: type, Before: old.GetValueOrDefault(type), After: now.GetValueOrDefault(type)))
            .Where(one => one.Before != one.After).OrderByDescending(one => Math.Abs((one.After - one.Before).Expected)).ThenBy(one => one.Type, StringComparer.Ordinal).ToList();
        if (types.Count > 0)
        {
            text.Append("| resource type | before | after | change |\n|---|---:|---:|---:|\n");
            foreach (var one in types)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {one.Type} | {Amounts.Usd(one.Before.Expected)} | {Amounts.Usd(one.After.Expected)} | {Amounts.Change((one.After - one.Before).Expected)} |\n");
            }

            text.Append('\n');
        }

        foreach (var note in EstimateNotes.Of(after))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {note}\n");
        }

        text.Append('\n');
    }

    private static void AddChanges(StringBuilder text, IReadOnlyList<ResourceChange> changes)
    {
        if (changes.Count == 0)
        {
            text.Append("No resource changes.\n");
            return;
        }

        var counts = changes.GroupBy(change => change.Kind).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}");
        text.Append(CultureInfo.InvariantCulture, $"Resources: {string.Join(", ", counts)}.\n\n| | stack | resource | type | properties |\n|---|---|---|---|---|\n");
        foreach (var change in changes)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Sign(change.Kind)} | {change.Stack} | {change.Resource} | {change.Type} | {string.Join(", ", change.Properties)} |\n");
        }
    }

    private static string Sign(ChangeKind kind) => kind switch { ChangeKind.Added => "+", ChangeKind.Removed => "−", _ => "~" };
}
