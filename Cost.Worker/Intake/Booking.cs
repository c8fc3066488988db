using Cost.Worker.Ledger;
using ServiceDefaults.Usage;

namespace Cost.Worker.Intake;

/// <summary>Puts right what cannot be, and keeps what the event said itself.</summary>
internal static class Booking
{
    private static readonly TimeSpan FarthestAhead = TimeSpan.FromDays(1);
    private static readonly TimeSpan FarthestBehind = TimeSpan.FromDays(400);

    public static BookedEvent Of(UsageEvent one, DateTimeOffset received)
    {
        var hasWrongClock = one.At > received + FarthestAhead || one.At < received - FarthestBehind;
        var tokens = one.Tokens;
        var isNegative = tokens.Input < 0 || tokens.CachedInput < 0 || tokens.CacheWrite < 0 || tokens.Output < 0
            || one.CostNanoUsd < 0 || one.CacheSavingNanoUsd < 0 || one.AvoidedCostNanoUsd < 0 || one.DurationMicroseconds < 0 || one.ToolCalls < 0;
        return hasWrongClock || isNegative ? PutRight(one, hasWrongClock ? received : one.At) : new BookedEvent(one);
    }

    private static BookedEvent PutRight(UsageEvent one, DateTimeOffset at)
    {
        var (input, cached, written, output) = one.Tokens;
        var tokens = new UsageTokens(Math.Max(0, input), Math.Max(0, cached), Math.Max(0, written), Math.Max(0, output));
        var booked = one with
        {
            At = at,
            Tokens = tokens,
            // A cost below zero is no cost that is known.
            CostNanoUsd = one.CostNanoUsd < 0 ? null : one.CostNanoUsd,
            CacheSavingNanoUsd = Math.Max(0, one.CacheSavingNanoUsd),
            AvoidedCostNanoUsd = one.AvoidedCostNanoUsd < 0 ? null : one.AvoidedCostNanoUsd,
            DurationMicroseconds = Math.Max(0, one.DurationMicroseconds),
            ToolCalls = Math.Max(0, one.ToolCalls),
        };
        return new BookedEvent(booked, new UsageClaim
        {
            At = at == one.At ? null : one.At,
            Tokens = tokens == one.Tokens ? null : one.Tokens,
            CostNanoUsd = booked.CostNanoUsd == one.CostNanoUsd ? null : one.CostNanoUsd,
            CacheSavingNanoUsd = booked.CacheSavingNanoUsd == one.CacheSavingNanoUsd ? null : one.CacheSavingNanoUsd,
            AvoidedCostNanoUsd = booked.AvoidedCostNanoUsd == one.AvoidedCostNanoUsd ? null : one.AvoidedCostNanoUsd,
            DurationMicroseconds = booked.DurationMicroseconds == one.DurationMicroseconds ? null : one.DurationMicroseconds,
            ToolCalls = booked.ToolCalls == one.ToolCalls ? null : one.ToolCalls,
        });
    }
}
