using Gateway.Api.Flags;
using Gateway.Api.Providers;
using Gateway.Api.Routing;
using Gateway.Api.Serverless;
using Gateway.Api.Telemetry;

namespace Gateway.Api.Pipeline;

/// <summary>
/// The second half: the targets in their order, until one of them has an answer or its first byte.
/// <see cref="FailureRules"/> says which failure allows another attempt, and where.
/// </summary>
internal sealed partial class UpstreamCall(Attempt attempt, SharedCircuits circuits, FeatureFlags flags, TimeProvider time, Random random, GatewayMetrics metrics, ILogger<UpstreamCall> logger)
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(2);

    /// <summary>What a provider that throttles without saying for how long is given.</summary>
    private static readonly TimeSpan UnstatedPause = TimeSpan.FromSeconds(1);

    /// <summary>A timer may fire a little early, and a provider that asked for a pause counts strictly.</summary>
    private static readonly TimeSpan TimerSlack = TimeSpan.FromMilliseconds(10);

    public async Task<UpstreamResult> CallAsync(GatewayRequest request)
    {
        var order = request.Route!.Order(request.Demand);
        UpstreamFailure? failure = null;
        if (request.Route.HasFallback)
        {
            await circuits.LookAsync(order);
        }

        for (var i = 0; i < order.Count; i++)
        {
            var target = order[i];
            if ((request.Route.HasFallback && target.Health.Circuit.Pause is not null) || failure?.Allows(target) == false)
            {
                continue;
            }

            var hasNext = HasNext(order, i + 1, failure);
            switch (await CallAsync(request, target, hasNext))
            {
                case UpstreamFailure { Rule.Next: NextTargets.None } rejected:
                    if (logger.IsEnabled(LogLevel.Information))
                    {
                        LogRejected(request.Route.Alias, target.Name, PromptEcho.Mask(request, rejected.Refusal.Message));
                    }

                    return rejected;
                case UpstreamFailure failed:
                    failure = failed;
                    break;
                case { } answer:
                    return answer;
            }
        }

        return failure ?? AllLeftAlone(request.Route.Alias, order);
    }

    /// <summary>Learns what the speed of a complete answer says of its target.</summary>
    public void Learn(GatewayRequest request)
    {
        if (request is { Serving: { } load, FirstByte: { } first })
        {
            var tokens = request.Progress.Usage?.Completion ?? 0;
            var untilFirst = time.GetElapsedTime(request.AttemptStarted, first).TotalSeconds;
            if (request.Fields.Stream)
            {
                load.Streamed(untilFirst, time.GetElapsedTime(first).TotalSeconds, tokens);
            }
            else
            {
                load.Answered(untilFirst, tokens);
            }
        }
    }

    /// <summary>One target, again where that may help; null where it is left alone.</summary>
    private async ValueTask<UpstreamResult?> CallAsync(GatewayRequest request, Target target, bool hasNext)
    {
        target.Health.Retries.PayIn();
        for (var retry = 0; ; retry++)
        {
            var result = await attempt.RunAsync(request, target, hasNext);
            if (result is not null && request.Route!.HasFallback)
            {
                await circuits.CountAsync(target, result is UpstreamFailure { Rule.CountsAgainst: true }, (result as UpstreamFailure)?.RetryAfter ?? TimeSpan.Zero);
            }

            if (result is not UpstreamFailure failure)
            {
                metrics.Attempted(target, result is null ? "left_alone" : "ok");
                return result;
            }

            metrics.Attempted(target, failure.Kind.ToString());
            var pause = await flags.IsOnAsync(GatewayFlags.Retries, request.Caller) ? PauseBeforeRetry(request, failure, retry, hasNext) : null;
            if (logger.IsEnabled(LogLevel.Warning))
            {
                LogFailed(request.Route!.Alias, target.Name, failure.Kind, pause is null ? "not tried again" : $"tried again in {pause.Value.TotalMilliseconds:0} ms", PromptEcho.Mask(request, failure.Refusal.Message));
            }

            if (pause is null)
            {
                if (failure is { Kind: UpstreamFailureKind.Throttled, RetryAfter: { } wanted })
                {
                    target.Health.Circuit.LeaveAlone(wanted);
                }

                return failure;
            }

            await Task.Delay(pause.Value + TimerSlack, time, request.Cancelled);
        }
    }

    private TimeSpan? PauseBeforeRetry(GatewayRequest request, UpstreamFailure failure, int retry, bool hasNext)
    {
        var limits = request.Route!.Limits;
        if (!failure.Rule.Retry || retry >= limits.Retries)
        {
            return null;
        }

        // Throttled, and no word for how long: another target answers sooner.
        if (failure is { Kind: UpstreamFailureKind.Throttled, RetryAfter: null } && hasNext)
        {
            return null;
        }

        var pause = failure.RetryAfter ?? (failure.Kind == UpstreamFailureKind.Throttled ? UnstatedPause : BackOff(retry));
        return pause <= limits.MaxRetryAfter && pause < request.TimeLeft && failure.Target.Health.Retries.TryTake() ? pause : null;
    }

    // Exponential with full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
    private TimeSpan BackOff(int retry)
    {
        var most = FirstBackOff * Math.Pow(2, retry);
        return (most < LongestBackOff ? most : LongestBackOff) * random.NextDouble();
    }

    private static bool HasNext(IReadOnlyList<Target> order, int from, UpstreamFailure? failure)
    {
        for (var i = from; i < order.Count; i++)
        {
            if (order[i].Health.Circuit.Pause is null && failure?.Allows(order[i]) != false)
            {
                return true;
            }
        }

        return false;
    }

    private static UpstreamFailure AllLeftAlone(string alias, IReadOnlyList<Target> order)
    {
        var pause = order.Select(target => target.Health.Circuit.Pause ?? TimeSpan.FromSeconds(1)).Min();
        var names = string.Join(", ", order.Select(target => target.Name));
        return new UpstreamFailure(order[0], UpstreamFailureKind.Unavailable, Refusal.NoTargetAvailable($"No target of '{alias}' is available at present: {names} failed too often, or asked for a pause.", pause));
    }

    [LoggerMessage(LogLevel.Information, "{Alias}: {Target} rejected the request: {Reason}")]
    private partial void LogRejected(string alias, string target, string reason);

    [LoggerMessage(LogLevel.Warning, "{Alias}: {Target} did not answer ({Kind}, {Then}): {Reason}")]
    private partial void LogFailed(string alias, string target, UpstreamFailureKind kind, string then, string reason);
}
