using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>How much may be used; what is left out is not limited. The base of what tiers, tenants and models may state.</summary>
public abstract record UsageLimits
{
    private const double LeastUsd = 0.000001;
    private const double MostUsd = 1_000_000;

    /// <summary>Requests in any 60 s.</summary>
    [Range(1, 10_000_000)]
    public int? RequestsPerMinute { get; init; }

    /// <summary>Requests in a day, in UTC.</summary>
    [Range(1, 1_000_000_000)]
    public int? RequestsPerDay { get; init; }

    /// <summary>Tokens, prompt and answer together, of requests begun in any 60 s.</summary>
    [Range(1, 2_000_000_000)]
    public int? TokensPerMinute { get; init; }

    /// <summary>Requests under way at once.</summary>
    [Range(1, 1_000_000)]
    public int? ConcurrentRequests { get; init; }

    /// <summary>US dollars in a day, in UTC.</summary>
    [Range(LeastUsd, MostUsd)]
    public decimal? DailyBudgetUsd { get; init; }

    /// <summary>US dollars in a calendar month, in UTC.</summary>
    [Range(LeastUsd, MostUsd)]
    public decimal? MonthlyBudgetUsd { get; init; }
}
