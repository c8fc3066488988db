using Gateway.Api.Configuration;
using Gateway.Api.Flags;
using Gateway.Api.Grouping;
using Gateway.Api.Providers;
using Gateway.Api.Requests;
using Gateway.Api.Routing;
using Gateway.Api.Streaming;
using Gateway.Api.Telemetry;

namespace Gateway.Api.Pipeline;

/// <summary>One attempt at one target: its time, its span, its place in the target's circuit and averages.</summary>
internal sealed class Attempt(LiveConfiguration configuration, FeatureFlags flags, EmbeddingGroups groups, TimeProvider time)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);

    /// <summary>Null where the target's circuit lets nothing through.</summary>
    public async ValueTask<UpstreamResult?> RunAsync(GatewayRequest request, Target target, bool hasNext)
    {
        if (target.MaxConcurrency is { } most && !await EnterAsync(request, target.Health.Queue, most, hasNext))
        {
            return UpstreamFailure.Busy(target);
        }

        using var span = GatewaySpans.StartAttempt(target, request.Attempts + 1);
        var load = target.Health.Load;
        request.Attempts++;
        (request.Target, request.AttemptStarted) = (target, time.GetTimestamp());
        load.Began();
        UpstreamResult? result = null;
        try
        {
            var limit = hasNext ? LimitOf(request) : Timeout.InfiniteTimeSpan;
            using var deadline = hasNext ? AttemptLimit.Of(limit, time, request.Cancelled) : AttemptLimit.None;
            var isHeld = request is { Fields.Stream: true, Route.SafeStream: true } && await flags.IsOnAsync(GatewayFlags.SafeStream, request.Caller);
            var (call, token) = ((request, target, limit, isHeld), deadline.TokenOr(request.Cancelled));
            result = request.Route!.HasFallback ? await target.Health.Circuit.TryAsync(CallAsync, call, token) : await CallAsync(call, token);
        }
        finally
        {
            if (result is null or UpstreamFailure)
            {
                load.Ended();
                request.Queue?.Leave();
                request.Queue = null;
            }
            else
            {
                request.Serving = load;
            }
        }

        NoteCredential(request, target, result);
        if (result is UpstreamFailure failure)
        {
            load.Failed(PromptEcho.Mask(request, failure.Refusal.Message), time.GetElapsedTime(request.AttemptStarted).TotalSeconds);
            GatewaySpans.Failed(span, failure.Kind.ToString());
        }

        return result;
    }

    // Where another target is left it is tried at once; the last one is waited for.
    private async ValueTask<bool> EnterAsync(GatewayRequest request, TargetQueue queue, int most, bool hasNext)
    {
        var options = configuration.Current;
        var wait = hasNext ? TimeSpan.Zero : TimeSpan.FromSeconds(options.Limits.QueueSeconds);
        var patience = wait < request.TimeLeft ? wait : request.TimeLeft;
        var entered = await queue.EnterAsync(most, request.Caller.Tenant, RequestPriority.Of(request, options), patience, options.Limits.QueueLength, request.Cancelled);
        request.Queue = entered ? queue : null;
        return entered;
    }

    private async ValueTask<UpstreamResult> CallAsync((GatewayRequest Request, Target Target, TimeSpan Limit, bool IsHeld) call, CancellationToken cancellationToken)
    {
        var (request, target, limit, isHeld) = call;
        try
        {
            request.AttemptCancelled = cancellationToken;
            var result = await SendAsync(request, target, cancellationToken);
            return result switch
            {
                UpstreamStream stream when isHeld => await HeldStream.HoldAsync(request, stream, cancellationToken),
                UpstreamReply { Facts.HasChoices: false } empty when request.Codec is not null => NoAnswer(empty),
                _ => result,
            };
        }
        catch (OperationCanceledException) when (!request.CallerLeft && cancellationToken.IsCancellationRequested)
        {
            return UpstreamFailure.Silent(target, request.Cancelled.IsCancellationRequested ? request.Route!.Limits.Request : limit);
        }
    }

    // Once again where the credential was refused and has been rotated meanwhile.
    private async ValueTask<UpstreamResult> SendAsync(GatewayRequest request, Target target, CancellationToken cancellationToken)
    {
        var sent = target.Provider.Credential?.Value;
        var result = await (request.Operation == Operation.Embeddings ? groups.CallAsync(request, target) : target.Provider.CallAsync(request, target));
        var isRenewed = result is UpstreamFailure { Kind: UpstreamFailureKind.Credentials } && request.BedrockToken is null
            && target.Provider.Credential is { } credential && await credential.RenewAsync(sent, cancellationToken);
        return isRenewed ? await target.Provider.CallAsync(request, target) : result;
    }

    // What a caller's own token got says nothing of the gateway's; what never reached the target, nothing of either.
    private static void NoteCredential(GatewayRequest request, Target target, UpstreamResult? result)
    {
        if (request.BedrockToken is null && result is not (null or UpstreamFailure { Problem: null }) && target.Health.CredentialProblem != (result as UpstreamFailure)?.Problem)
        {
            target.Health.CredentialProblem = (result as UpstreamFailure)?.Problem;
        }
    }

    // On chat its bytes would go on as they are; another API has nothing to tell.
    private static UpstreamFailure NoAnswer(UpstreamReply empty)
    {
        using (empty)
        {
            return UpstreamFailure.BadReply(empty.Target, "answered without an answer: its reply has no choices.");
        }
    }

    // While another target is left, a stream has until its first token, and a reply leaves the others a reserve.
    private static TimeSpan LimitOf(GatewayRequest request)
    {
        var limits = request.Route!.Limits;
        var left = request.TimeLeft - limits.FallbackReserve;
        var limit = request.Fields.Stream && limits.FirstToken < request.TimeLeft ? limits.FirstToken : left;
        return limit > Least ? limit : Least;
    }
}
