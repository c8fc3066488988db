using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger;

/// <summary>Sums over requests: whole numbers, wide enough that no sum of 64-bit numbers overflows them.</summary>
/// <param name="UnknownCostRequests">Requests whose cost is not known, and so is not in <paramref name="CostNanoUsd"/>.</param>
/// <param name="EstimatedRequests">Requests whose tokens the provider did not tell.</param>
/// <param name="CacheHits">Requests that were answered from the gateway's cache.</param>
/// <param name="AvoidedCalls">Requests for which no provider was called alone, for whatever reason.</param>
/// <param name="AvoidedCostNanoUsd">What the avoided calls would have cost, as far as is known.</param>
internal readonly record struct UsageSums(
    Int128 Requests, Int128 InputTokens, Int128 CachedInputTokens, Int128 CacheWriteTokens, Int128 OutputTokens, Int128 CostNanoUsd,
    Int128 UnknownCostRequests, Int128 EstimatedRequests, Int128 CacheSavingNanoUsd, Int128 ToolCalls, Int128 DurationMicroseconds,
    Int128 CacheHits, Int128 AvoidedCalls, Int128 AvoidedCostNanoUsd)
{
    public static UsageSums Of(UsageEvent one) => new(
        1, one.Tokens.Input, one.Tokens.CachedInput, one.Tokens.CacheWrite, one.Tokens.Output, one.CostNanoUsd ?? 0,
        one.CostNanoUsd is null ? 1 : 0, one.TokenSource == TokenSource.Estimated ? 1 : 0, one.CacheSavingNanoUsd, one.ToolCalls, one.DurationMicroseconds,
        one.AvoidedBy is AvoidedBy.Cache or AvoidedBy.SemanticCache ? 1 : 0, one.AvoidedBy == AvoidedBy.None ? 0 : 1, one.AvoidedCostNanoUsd ?? 0);

    public static UsageSums operator +(in UsageSums a, in UsageSums b) => new(
        a.Requests + b.Requests, a.InputTokens + b.InputTokens, a.CachedInputTokens + b.CachedInputTokens, a.CacheWriteTokens + b.CacheWriteTokens,
        a.OutputTokens + b.OutputTokens, a.CostNanoUsd + b.CostNanoUsd, a.UnknownCostRequests + b.UnknownCostRequests,
        a.EstimatedRequests + b.EstimatedRequests, a.CacheSavingNanoUsd + b.CacheSavingNanoUsd, a.ToolCalls + b.ToolCalls,
        a.DurationMicroseconds + b.DurationMicroseconds, a.CacheHits + b.CacheHits, a.AvoidedCalls + b.AvoidedCalls, a.AvoidedCostNanoUsd + b.AvoidedCostNanoUsd);
}
