using Gateway.Api.Pipeline;
using Gateway.Api.Routing;

namespace Gateway.Api.Providers;

/// <summary>A target that had no answer, and what the caller is told if no other has one.</summary>
internal sealed class UpstreamFailure(Target target, UpstreamFailureKind kind, Refusal refusal) : UpstreamResult(target)
{
    /// <summary>Sent with 503 where the provider names no pause of its own.</summary>
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    public UpstreamFailureKind Kind { get; } = kind;

    public Refusal Refusal { get; } = refusal;

    public bool AllowsNextTarget => Kind is not UpstreamFailureKind.Rejected;

    public static UpstreamFailure Unreachable(Target target, string reason) =>
        new(target, UpstreamFailureKind.Unavailable, Refusal.NoTargetAvailable($"{target.Name} cannot be reached: {reason}", DefaultRetryAfter));

    public static UpstreamFailure BadReply(Target target, string reason) =>
        new(target, UpstreamFailureKind.BadReply, Refusal.UpstreamError($"{target.Name} {reason}"));

    /// <summary>Reads a status other than success, and the error that came with it.</summary>
    public static UpstreamFailure OfStatus(Target target, int status, ProviderError error, TimeSpan? retryAfter) => status switch
    {
        401 or 403 => new(target, UpstreamFailureKind.Credentials, Refusal.UpstreamError($"{target.Name} refused the gateway's credential; its operator has to look at it.")),
        404 => new(target, UpstreamFailureKind.ModelNotFound, error.ToRefusal(404, "model_not_found")),
        429 => new(target, UpstreamFailureKind.Throttled, error.ToRefusal(429, "rate_limit_exceeded") with { RetryAfter = retryAfter ?? DefaultRetryAfter }),
        >= 400 and < 500 => new(target, UpstreamFailureKind.Rejected, error.ToRefusal(status, code: null)),
        502 or 503 => new(target, UpstreamFailureKind.Unavailable, Refusal.NoTargetAvailable($"{target.Name} is not available (HTTP {status}).", retryAfter ?? DefaultRetryAfter)),
        >= 500 => new(target, UpstreamFailureKind.ServerError, Refusal.UpstreamError($"{target.Name} failed (HTTP {status}): {error.Message}")),
        _ => BadReply(target, $"answered with HTTP {status}."),
    };

    public override void Dispose()
    {
    }
}
