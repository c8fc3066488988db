using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger;

/// <summary>What an event said before it was put right; only what was changed.</summary>
internal sealed record UsageClaim
{
    public DateTimeOffset? At { get; init; }

    public UsageTokens? Tokens { get; init; }

    public long? CostNanoUsd { get; init; }

    public long? CacheSavingNanoUsd { get; init; }

    public long? AvoidedCostNanoUsd { get; init; }

    public long? DurationMicroseconds { get; init; }

    public int? ToolCalls { get; init; }
}
