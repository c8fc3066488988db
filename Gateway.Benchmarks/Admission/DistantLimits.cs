namespace Gateway.Benchmarks.Admission;

/// <summary>Limits and budgets that no load here meets, and that are decided for each request all the same.</summary>
internal static class DistantLimits
{
    /// <summary>What an API key is made of.</summary>
    public static readonly object OfKey = new
    {
        name = "benchmark",
        limits = new { requests_per_minute = 10_000_000, tokens_per_minute = 1_000_000_000, concurrent_requests = 100_000 },
        budget = new { usd = 1_000_000, period = "month" },
    };

    /// <summary>Environment variables: the tenant's limits and budget, and prices, so that there is something to count.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfTenant = new Dictionary<string, string>
    {
        ["Gateway__Tenants__default__RequestsPerMinute"] = "10000000",
        ["Gateway__Tenants__default__TokensPerMinute"] = "1000000000",
        ["Gateway__Tenants__default__MonthlyBudgetUsd"] = "1000000",
        ["Gateway__Prices__local/microsoft/Phi-3-mini-4k-instruct__Input"] = "0.25",
        ["Gateway__Prices__local/microsoft/Phi-3-mini-4k-instruct__Output"] = "1.25",
    };
}
