using System.Globalization;
using Cost.Worker.Ledger;

namespace Cost.Worker.Reports;

/// <summary>What reports that people read say in words.</summary>
internal static class ReportText
{
    public const string UnknownCost = "unknown";

    /// <summary>What caches saved.</summary>
    public static readonly IReadOnlyList<Measure> SavingMeasures = Named("cache_saving_usd", "cache_hits", "avoided_calls", "avoided_cost_usd");

    private const int MostRows = 50;

    private static readonly IReadOnlyList<Measure> UnknownMeasures = Named("requests", "unknown_cost_requests", "input_tokens", "output_tokens");

    public static string Title(UsageReport usage)
    {
        var by = usage.By.Count == 0 ? "" : $", by {string.Join(", ", usage.By.Select(dimension => dimension.Name))}";
        return usage.Period == UsagePeriod.OfMonth(DateOnly.FromDateTime(usage.Period.From.UtcDateTime))
            ? string.Create(CultureInfo.InvariantCulture, $"Usage of {usage.Period.From:MMMM yyyy}{by}")
            : $"Usage from {Moment(usage.Period.From)} to before {Moment(usage.Period.To)} (UTC){by}";
    }

    /// <summary>The figures that a reader wants first.</summary>
    public static IEnumerable<(string Name, string Value)> Figures(UsageSums total)
    {
        yield return ("cost", total.Requests > 0 && total.UnknownCostRequests == total.Requests ? UnknownCost : Money.Shown(total.CostNanoUsd));
        yield return ("requests", Count(total.Requests));
        yield return ("tokens in", Count(total.InputTokens + total.CachedInputTokens + total.CacheWriteTokens));
        yield return ("tokens out", Count(total.OutputTokens));
        yield return ("saved", Money.Shown(total.CacheSavingNanoUsd + total.AvoidedCostNanoUsd));
        yield return ("requests of unknown cost", Count(total.UnknownCostRequests));
    }

    /// <summary>What caches saved, the provider's and the gateway's; null where they saved nothing.</summary>
    public static ReportPart? Savings(UsageReport usage) => Part(
        usage, "Savings", "The provider's prompt cache saved the first sum, which its price has taken off already; calls that the gateway answered itself would have cost the other.",
        SavingMeasures, sums => sums.CacheSavingNanoUsd + sums.AvoidedCostNanoUsd, sums => sums.CacheSavingNanoUsd > 0 || sums.AvoidedCalls > 0);

    /// <summary>Requests whose price nobody knows; null where there are none.</summary>
    public static ReportPart? Unknown(UsageReport usage) => Part(
        usage, "Unknown costs", "Nobody has said what these requests cost, so they are in no sum of money and in no forecast. Prices are set under Gateway:Prices.",
        UnknownMeasures, sums => sums.UnknownCostRequests, sums => sums.UnknownCostRequests > 0);

    public static IEnumerable<string> Notes(UsageReport usage)
    {
        if (usage.Notes.Unreadable.Count > 0)
        {
            yield return $"{usage.Notes.Unreadable.Count} records unreadable, in no sum: {string.Join(", ", usage.Notes.Unreadable)}";
        }

        foreach (var remark in usage.Notes.Remarks)
        {
            yield return remark;
        }
    }

    public static string Count(Int128 number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static ReportPart? Part(UsageReport usage, string title, string words, IReadOnlyList<Measure> measures, Func<UsageSums, Int128> size, Predicate<UsageSums> has)
    {
        var rows = usage.Rows.Where(row => has(row.Sums)).OrderByDescending(row => size(row.Sums)).ToList();
        var more = rows.Count > MostRows ? $" The {MostRows} largest of {rows.Count}." : "";
        return rows.Count == 0 ? null : new ReportPart(title, words + more, measures, [.. rows.Take(MostRows)]);
    }

    private static Measure[] Named(params ReadOnlySpan<string> names)
    {
        var measures = new Measure[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            var name = names[i];
            measures[i] = Measure.All.First(measure => measure.Name == name);
        }

        return measures;
    }
}
