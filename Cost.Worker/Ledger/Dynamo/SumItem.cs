using System.Globalization;
using Amazon.DynamoDBv2.Model;
using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger.Dynamo;

/// <summary>How the sums of a group are an item: its names as text, its sums as numbers (of up to 38 digits), and <c>wm_&lt;journal&gt;</c>, up to where that journal is in them.</summary>
internal static class SumItem
{
    public const string Watermark = "wm_";
    public const string Batch = "batch";

    private const string True = "true";

    public static readonly IReadOnlyList<(string Name, Func<UsageSums, Int128> Of)> Sums =
    [
        ("requests", sums => sums.Requests), ("input", sums => sums.InputTokens), ("cached_input", sums => sums.CachedInputTokens),
        ("cache_write", sums => sums.CacheWriteTokens), ("output", sums => sums.OutputTokens), ("cost_nano_usd", sums => sums.CostNanoUsd),
        ("unknown_cost", sums => sums.UnknownCostRequests), ("estimated", sums => sums.EstimatedRequests),
        ("cache_saving_nano_usd", sums => sums.CacheSavingNanoUsd), ("tool_calls", sums => sums.ToolCalls), ("duration_us", sums => sums.DurationMicroseconds),
        ("cache_hits", sums => sums.CacheHits), ("avoided_calls", sums => sums.AvoidedCalls), ("avoided_cost_nano_usd", sums => sums.AvoidedCostNanoUsd),
    ];

    public static IEnumerable<(string Name, string Value)> Names(UsageGroup group)
    {
        (string, string?)[] all =
        [
            ("tenant", group.Tenant), ("key", group.Key), ("user", group.User), ("alias", group.Alias), ("model", group.Model),
            ("provider", group.Provider), ("variant", group.Variant), (Batch, group.Batch ? True : null), ("status", StatusText.Of(group.Status)),
        ];
        return all.Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!));
    }

    public static AttributeValue Number(Int128 value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    public static UsageGroup GroupOf(Dictionary<string, AttributeValue> item)
    {
        string? Text(string name) => item.GetValueOrDefault(name)?.S;
        var status = StatusText.TryParse(Text("status"), out var known) ? known : UsageStatus.Ok;
        return new UsageGroup(Text("tenant"), Text("key"), Text("user"), Text("alias"), Text("model"), Text("provider"), Text("variant"), Text(Batch) == True, status);
    }

    public static UsageSums SumsOf(Dictionary<string, AttributeValue> item)
    {
        Int128 Sum(string name) => item.GetValueOrDefault(name) is { N: { } digits } ? Int128.Parse(digits, CultureInfo.InvariantCulture) : 0;
        return new UsageSums(
            Sum("requests"), Sum("input"), Sum("cached_input"), Sum("cache_write"), Sum("output"), Sum("cost_nano_usd"), Sum("unknown_cost"),
            Sum("estimated"), Sum("cache_saving_nano_usd"), Sum("tool_calls"), Sum("duration_us"),
            Sum("cache_hits"), Sum("avoided_calls"), Sum("avoided_cost_nano_usd"));
    }
}
