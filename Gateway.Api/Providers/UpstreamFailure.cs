using Gateway.Api.Pipeline;
using Gateway.Api.Routing;

namespace Gateway.Api.Providers;

/// <summary>A target that had no answer, and what the caller is told if no other has one.</summary>
internal sealed class UpstreamFailure(Target target, UpstreamFailureKind kind, Refusal refusal) : UpstreamResult(target)
{
    /// <summary>Sent with 429 and 503 where the provider names no pause of its own.</summary>
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan WhenBusy = TimeSpan.FromSeconds(1);

    private static readonly string[] WordsOfTooLong = ["context length", "context window", "too long", "maximum context", "Too many input tokens"];

    public UpstreamFailureKind Kind { get; } = kind;

    public Refusal Refusal { get; } = refusal;

    /// <summary>The pause that the provider asks for, where it does.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the operator has to look at, where it is the gateway's credential that was refused.</summary>
    public ProviderProblem? Problem { get; init; }

    public FailureRule Rule => FailureRules.Of(Kind);

    /// <summary>Whether another target may be tried.</summary>
    public bool Allows(Target next) => Rule.Next switch
    {
        NextTargets.All => true,
        NextTargets.WithLargerWindow => next.ContextWindow is null || next.ContextWindow > Target.ContextWindow,
        _ => false,
    };

    public static UpstreamFailure Unreachable(Target target, string reason) =>
        new(target, UpstreamFailureKind.Unreachable, Refusal.NoTargetAvailable($"{target.Name} cannot be reached: {reason}", DefaultRetryAfter));

    public static UpstreamFailure BrokeOff(Target target) =>
        new(target, UpstreamFailureKind.Unreachable, Refusal.UpstreamError($"{target.Name} broke off before it had answered."));

    public static UpstreamFailure Silent(Target target, TimeSpan waited) =>
        new(target, UpstreamFailureKind.Silent, Refusal.Timeout($"{target.Name} sent nothing for {waited.TotalSeconds:0.#} s."));

    public static UpstreamFailure Busy(Target target) =>
        new(target, UpstreamFailureKind.Busy, Refusal.NoTargetAvailable($"{target.Name} works on {target.MaxConcurrency} requests, which is as many as it may; none ended in time for this one.", WhenBusy));

    public static UpstreamFailure BadReply(Target target, string reason) =>
        new(target, UpstreamFailureKind.BadReply, Refusal.UpstreamError($"{target.Name} {reason}"));

    /// <summary>Reads a status other than success, and the error that came with it.</summary>
    public static UpstreamFailure OfStatus(Target target, int status, ProviderError error, TimeSpan? retryAfter) => status switch
    {
        401 or 403 => new(target, UpstreamFailureKind.Credentials, Refusal.UpstreamError($"{target.Name} refused the gateway's credential; its operator has to look at it."))
        {
            Problem = new ProviderProblem($"It refused the gateway's credential (HTTP {status}).", "Check that the API key of the provider is right, not expired, and may use the model; put a new one where the gateway runs, and start it again."),
        },
        404 => new(target, UpstreamFailureKind.ModelNotFound, error.ToRefusal(404, "model_not_found")),
        429 when error.Code == "insufficient_quota" => new(target, UpstreamFailureKind.QuotaExhausted, error.ToRefusal(429, "insufficient_quota")),
        429 => new(target, UpstreamFailureKind.Throttled, error.ToRefusal(429, "rate_limit_exceeded") with { RetryAfter = retryAfter ?? DefaultRetryAfter }) { RetryAfter = retryAfter },
        400 or 413 when IsTooLong(error) => new(target, UpstreamFailureKind.ContextTooLong, error.ToRefusal(400, "context_length_exceeded")),
        >= 400 and < 500 => new(target, UpstreamFailureKind.Rejected, error.ToRefusal(status, code: null)),
        502 or 503 => new(target, UpstreamFailureKind.Unavailable, Refusal.NoTargetAvailable($"{target.Name} is not available (HTTP {status}).", retryAfter ?? DefaultRetryAfter)) { RetryAfter = retryAfter },
        >= 500 => new(target, UpstreamFailureKind.ServerError, Refusal.UpstreamError($"{target.Name} failed (HTTP {status}): {error.Message}")) { RetryAfter = retryAfter },
        _ => BadReply(target, $"answered with HTTP {status}."),
    };

    public override void Dispose()
    {
    }

    private static bool IsTooLong(ProviderError error) =>
        error.Code == "context_length_exceeded" || (error.Code is null && Array.Exists(WordsOfTooLong, words => error.Message.Contains(words, StringComparison.OrdinalIgnoreCase)));
}
