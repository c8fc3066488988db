using System.Globalization;
using System.Text.Json.Nodes;
using ServiceDefaults.Usage;

namespace Gateway.Tests.Accounting;

/// <summary>A sum of usage: what two books have to agree on.</summary>
internal readonly record struct UsageTotal(long Requests, UsageTokens Tokens, long CostNanoUsd)
{
    private const decimal NanoUsd = 1_000_000_000m;

    public static UsageTotal Of(IEnumerable<UsageTokens> requests) =>
        requests.Aggregate(default(UsageTotal), (sum, tokens) => sum + new UsageTotal(1, tokens, MeteredSystem.CostOf(tokens)));

    public static UsageTotal Of(IEnumerable<UsageEvent> records) =>
        records.Aggregate(default(UsageTotal), (sum, record) => sum + new UsageTotal(1, record.Tokens, record.CostNanoUsd ?? 0));

    /// <summary>A row of the worker's JSON report, or its total.</summary>
    public static UsageTotal Read(JsonNode row) => new(
        (long)row["requests"]!,
        new UsageTokens((long)row["input_tokens"]!, (long)row["cached_input_tokens"]!, (long)row["cache_write_tokens"]!, (long)row["output_tokens"]!),
        NanoUsdOf(row["cost_usd"]));

    /// <summary>Dollars as text, of which null is none.</summary>
    public static long NanoUsdOf(JsonNode? usd) => (long)(decimal.Parse((string?)usd ?? "0", CultureInfo.InvariantCulture) * NanoUsd);

    public static UsageTotal operator +(UsageTotal a, UsageTotal b) => new(a.Requests + b.Requests, a.Tokens + b.Tokens, a.CostNanoUsd + b.CostNanoUsd);
}
