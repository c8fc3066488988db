namespace Aws.Deployment.Operations.Aws;

/// <summary>A call that AWS did not serve, in its own words, which whoever deploys has to see.</summary>
/// <param name="code">Such as <c>AccessDenied</c>.</param>
internal sealed class AwsFault(string action, string code, string message, Exception? inner = null) : Exception($"{action}: {code}: {message}", inner)
{
    private static readonly HashSet<string> Throttled =
        ["Throttling", "ThrottlingException", "ThrottledException", "TooManyRequestsException", "RequestLimitExceeded", "RequestThrottled", "SlowDown", "LimitExceededException"];

    private static readonly HashSet<string> Stale =
        ["ExpiredToken", "ExpiredTokenException", "RequestExpired", "InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch", "InvalidSignatureException", "AuthFailure", "InvalidAccessKeyId"];

    public string Code => code;

    public bool IsThrottled => Throttled.Contains(code);

    public bool IsDenied => code is "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "NotAuthorized";

    public bool IsStale => Stale.Contains(code);

    /// <summary>What to do about it, in one sentence.</summary>
    public string Remedy =>
        IsStale ? "Renew the credentials (aws sso login, or new keys) and run it again."
        : IsDenied ? "Give whoever is named there the permission it names, or use other credentials."
        : IsThrottled ? "AWS has had too many calls of this account; run it again in a minute."
        : "Run it again once that is mended.";
}
