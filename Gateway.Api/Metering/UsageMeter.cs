using Gateway.Api.Answers;
using Gateway.Api.Caching;
using Gateway.Api.Configuration;
using Gateway.Api.Experiments.Tallies;
using Gateway.Api.Feedback;
using Gateway.Api.Limits;
using Gateway.Api.Metering.Journal;
using Gateway.Api.Pipeline;
using Gateway.Api.Prices;
using Gateway.Api.Telemetry;
using ServiceDefaults.Usage;

namespace Gateway.Api.Metering;

/// <summary>Settles a request: what it used and what that cost, as one event in the journal, whatever became of it.</summary>
internal sealed partial class UsageMeter(
    LiveConfiguration configuration, UsageJournal journal, TokenEstimator estimator, UsageBounds bounds, TallyBook tallies, RecentRequests recent,
    GatewayMetrics metrics, RequestMetrics measured, CacheMetrics caching, TimeProvider time, ILogger<UsageMeter> logger)
{
    /// <summary>Settles the request once, and again changes nothing. Done when its event is safe, which is before its last byte goes out.</summary>
    public ValueTask SettleAsync(GatewayRequest request, Outcome outcome)
    {
        if (request.Outcome is not null)
        {
            return ValueTask.CompletedTask;
        }

        request.Outcome = outcome;
        if (request.Seat is { } seat && !seat.Pays(request, outcome.Status == UsageStatus.Ok))
        {
            request.AvoidedBy = AvoidedBy.SingleFlight;
        }

        var isSpared = request.AvoidedBy != AvoidedBy.None;
        var (tokens, source) = isSpared ? default : TokensOf(request, outcome);
        var price = PriceOf(request);

        // What was passed on and answered without a word on tokens may have cost anything.
        var cost = isSpared ? 0L : source != TokenSource.None ? price?.CostOf(tokens, request.Progress.ServiceTier, request.IsBatch) : WasServed(request, outcome) ? null : 0L;
        if (cost is null)
        {
            metrics.CostUnknown(request.Target!);
        }

        if (outcome.Status == UsageStatus.Ok && isSpared)
        {
            caching.Saved(WouldCost(request), request.Fields.Model);
        }

        UsageTokens? reported = source == TokenSource.Reported ? tokens : null;
        measured.Settled(request, reported, cost);
        GatewaySpans.Settled(request, reported);

        // In this order: a budget that lacks what the ledger has is put right, one that has more is not.
        var journaled = journal.IsOpen ? journal.AppendAsync(EventOf(request, outcome, tokens, source, price, cost)) : ValueTask.CompletedTask;
        request.Holds?.Settle(tokens.Total(), cost ?? 0);
        tallies.Count(request, outcome, cost);
        recent.Note(request, outcome);
        return journaled;
    }

    /// <summary>What the answer has cost so far in nano-dollars, or null where that is not known.</summary>
    public long? CostOf(GatewayRequest request) => request.AvoidedBy != AvoidedBy.None || request.Seat is { IsPayer: false } ? 0 : WouldCost(request);

    // What the answer costs whoever pays for it, were that this request.
    private long? WouldCost(GatewayRequest request) =>
        request.Progress.Usage?.ToTokens() is { } tokens ? PriceOf(request)?.CostOf(tokens, request.Progress.ServiceTier, request.IsBatch) : null;

    /// <summary>What can be said of an answer that is complete, its usage estimated where the provider tells none.</summary>
    public AnswerEnd EndOf(GatewayRequest request)
    {
        var progress = request.Progress;
        return progress.Usage is { } usage && usage.ToTokens() is { } reported
            ? new AnswerEnd(reported, usage.Reasoning, IsEstimate: false, CostOf(request))
            : new AnswerEnd(estimator.Estimate(request.Target!.Name, request.Body!.Length, progress.OutputBytes), ReasoningTokens: 0, IsEstimate: true, CostNanoUsd: null);
    }

    private Price? PriceOf(GatewayRequest request) =>
        request.Target is { } target ? configuration.Current.Prices.Find(target.Name, request.StartedAt) : null;

    private UsageEvent EventOf(GatewayRequest request, Outcome outcome, UsageTokens tokens, TokenSource source, Price? price, long? cost)
    {
        var key = request.Caller;
        var isAvoided = outcome.Status == UsageStatus.Ok && request.AvoidedBy != AvoidedBy.None;
        return new UsageEvent
        {
            Id = default,
            RequestId = request.Http.TraceIdentifier,
            TraceId = GatewaySpans.TraceIdOf(request),
            At = request.StartedAt,
            Operation = request.Operation.Name,
            Tenant = key.Tenant,
            Key = key.Id,
            User = key.User,
            Alias = request.Fields.Model,
            Provider = request.Target?.Provider.Name,
            Model = request.Target is { Model: { Length: > 0 } model } ? model : null,
            Variant = request.Variant?.FullName,
            Status = isAvoided ? UsageStatus.Cached : outcome.Status,
            HttpStatus = outcome.HttpStatus,
            Error = outcome.Error,
            Streamed = request.Fields.Stream,
            Batch = request.IsBatch,
            Tokens = tokens,
            TokenSource = source,
            CostNanoUsd = cost,
            Price = source == TokenSource.None ? null : price?.Version,
            CacheSavingNanoUsd = price?.CacheSavingOf(tokens, request.Progress.ServiceTier, request.IsBatch) ?? 0,
            AvoidedBy = isAvoided ? request.AvoidedBy : request.IsGrouped ? AvoidedBy.Grouping : AvoidedBy.None,
            AvoidedCostNanoUsd = isAvoided ? WouldCost(request) : null,
            DurationMicroseconds = Microseconds(request.Duration),
            FirstTokenMicroseconds = request.FirstByte is { } first ? Microseconds(time.GetElapsedTime(request.Started, first)) : null,
            Attempts = request.Attempts,
            ToolCalls = request.Progress.ToolCalls,
            Round = request.Round?.Number ?? 0,
            Tools = request.Round is { } round ? round.Usage() : request.Tools?.Activity.Search is { } search ? [search] : null,
        };
    }

    private (UsageTokens Tokens, TokenSource Source) TokensOf(GatewayRequest request, Outcome outcome)
    {
        if (request.Target is not { } target || !WasServed(request, outcome))
        {
            return (default, TokenSource.None);
        }

        var progress = request.Progress;
        if (progress.Usage is { } usage)
        {
            if (usage.ToTokens() is { } reported)
            {
                if (request.Body is { } body)
                {
                    estimator.Learn(target.Name, body.Length, progress.OutputBytes, reported);
                    bounds.Learn(target, body.Length, reported.Total() - reported.Output);
                }

                return (reported, TokenSource.Reported);
            }

            LogContradiction(target.Name, usage.Prompt, usage.Completion, usage.Cached, usage.CacheWrite);
        }

        // What was passed on was not read, and there is nothing to estimate from.
        if (request.Body is not { } read)
        {
            return (default, TokenSource.None);
        }

        metrics.UsageEstimated(target);
        return (estimator.Estimate(target.Name, read.Length, progress.OutputBytes), TokenSource.Estimated);
    }

    // Nobody is billed for a target that had no answer. One that was at work when the caller left has read the prompt at least.
    private static bool WasServed(GatewayRequest request, Outcome outcome) =>
        request.Target is not null && (request.FirstByte is not null || outcome.Status == UsageStatus.Cancelled);

    private static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    [LoggerMessage(LogLevel.Warning, "{Target} reports usage that cannot be (prompt {Prompt}, completion {Completion}, cached {Cached}, cache write {CacheWrite}); it is estimated instead.")]
    private partial void LogContradiction(string target, long prompt, long completion, long cached, long cacheWrite);
}
