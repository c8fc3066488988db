using System.Globalization;
using Cost.Worker.Ledger;

namespace Cost.Worker.Reports;

/// <summary>A figure of a report.</summary>
/// <param name="Name">As in JSON and CSV.</param>
/// <param name="Title">As people read it.</param>
/// <param name="IsMoney">Whether it is a decimal text rather than a whole number.</param>
/// <param name="Of">Its value; null where it is not known.</param>
internal sealed record Measure(string Name, string Title, bool IsMoney, Func<UsageSums, string?> Of)
{
    public static readonly IReadOnlyList<Measure> All =
    [
        Count("requests", "requests", sums => sums.Requests),
        Count("input_tokens", "input", sums => sums.InputTokens),
        Count("cached_input_tokens", "cached input", sums => sums.CachedInputTokens),
        Count("cache_write_tokens", "cache write", sums => sums.CacheWriteTokens),
        Count("output_tokens", "output", sums => sums.OutputTokens),
        new("cost_usd", "cost USD", IsMoney: true, CostOf),
        Count("unknown_cost_requests", "unknown cost", sums => sums.UnknownCostRequests),
        Count("estimated_requests", "estimated", sums => sums.EstimatedRequests),
        new("cache_saving_usd", "saved USD", IsMoney: true, sums => Money.Usd(sums.CacheSavingNanoUsd)),
        Count("cache_hits", "cache hits", sums => sums.CacheHits),
        Count("avoided_calls", "avoided calls", sums => sums.AvoidedCalls),
        new("avoided_cost_usd", "avoided USD", IsMoney: true, sums => Money.Usd(sums.AvoidedCostNanoUsd)),
    ];

    private static Measure Count(string name, string title, Func<UsageSums, Int128> of) =>
        new(name, title, IsMoney: false, sums => of(sums).ToString(CultureInfo.InvariantCulture));

    // The cost of requests whose cost is unknown, every one of them, is not zero.
    private static string? CostOf(UsageSums sums) =>
        sums.UnknownCostRequests > 0 && sums.UnknownCostRequests == sums.Requests ? null : Money.Usd(sums.CostNanoUsd);
}
