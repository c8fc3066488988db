using Gateway.Api.Pipeline;
using Gateway.Api.Routing;

namespace Gateway.Api.Providers.Bedrock;

/// <summary>What each of Bedrock's errors is to the caller, and whether another target may do better.</summary>
internal static class BedrockFailures
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    private static readonly string[] TooLong = ["input is too long", "prompt is too long", "too many input tokens"];

    private static readonly HashSet<string> CredentialErrors = new(StringComparer.OrdinalIgnoreCase)
    {
        "AccessDeniedException", "UnrecognizedClientException", "ExpiredTokenException", "ExpiredToken", "NotAuthorized", "NotAuthorizedException",
        "InvalidSignatureException", "IncompleteSignatureException", "IncompleteSignature", "MissingAuthenticationTokenException", "InvalidClientTokenId", "OptInRequired",
    };

    public static bool IsOfCredentials(BedrockError error) => CredentialErrors.Contains(error.Name) || error is { Name: "", Status: 401 or 403 };

    /// <param name="callersToken">The caller's own token, where it was sent: then it is the caller's to put right, and never shown.</param>
    /// <param name="region">What the request was sent to.</param>
    public static UpstreamFailure Of(Target target, BedrockError error, string? callersToken, string region)
    {
        if (IsOfCredentials(error))
        {
            return OfCredentials(target, error, callersToken, region);
        }

        var told = new ProviderError(error.Message);
        var wait = error.RetryAfter ?? DefaultRetryAfter;
        return error.Name.ToUpperInvariant() switch
        {
            "THROTTLINGEXCEPTION" or "MODELNOTREADYEXCEPTION" =>
                new(target, UpstreamFailureKind.Throttled, new Refusal(429, "requests", "rate_limit_exceeded", $"{target.Name}: {error.Message}") { RetryAfter = wait }) { RetryAfter = error.RetryAfter },
            "SERVICEQUOTAEXCEEDEDEXCEPTION" =>
                new(target, UpstreamFailureKind.QuotaExhausted, new Refusal(429, "insufficient_quota", "insufficient_quota", $"{target.Name}: {error.Message}") { RetryAfter = error.RetryAfter }),
            "VALIDATIONEXCEPTION" => new(target, IsTooLong(error) ? UpstreamFailureKind.ContextTooLong : UpstreamFailureKind.Rejected, told.ToRefusal(400, IsTooLong(error) ? "context_length_exceeded" : null)),
            "RESOURCENOTFOUNDEXCEPTION" => new(target, UpstreamFailureKind.ModelNotFound, told.ToRefusal(404, "model_not_found")),
            "MODELTIMEOUTEXCEPTION" => new(target, UpstreamFailureKind.ServerError, Refusal.Timeout($"{target.Name} took too long: {error.Message}")),
            "MODELERROREXCEPTION" or "MODELSTREAMERROREXCEPTION" => new(target, UpstreamFailureKind.ServerError, Refusal.UpstreamError($"{target.Name} failed: {error.Message}")),
            "INTERNALSERVEREXCEPTION" => new(target, UpstreamFailureKind.ServerError, Refusal.UpstreamError($"{target.Name} failed: {error.Message}") with { Status = 500 }),
            "SERVICEUNAVAILABLEEXCEPTION" => new(target, UpstreamFailureKind.Unavailable, Refusal.NoTargetAvailable($"{target.Name} is not available: {error.Message}", wait)) { RetryAfter = error.RetryAfter },
            _ when error.Status == 0 => new(target, UpstreamFailureKind.ServerError, Refusal.UpstreamError($"{target.Name} failed: {error.Name} {error.Message}")),
            _ => UpstreamFailure.OfStatus(target, error.Status, told, error.RetryAfter),
        };
    }

    private static UpstreamFailure OfCredentials(Target target, BedrockError error, string? callersToken, string region)
    {
        if (callersToken is null)
        {
            return new(target, UpstreamFailureKind.Credentials, Refusal.UpstreamError($"{target.Name} refused the gateway's credentials; its operator has to look at it."))
            {
                Problem = BedrockProblems.Refused(error, region),
            };
        }

        // Whatever Bedrock says, the token is not repeated.
        var words = error.Message.Contains(callersToken, StringComparison.Ordinal) ? "" : $" {error.Message}";
        return new(target, UpstreamFailureKind.Rejected, Refusal.InvalidApiKey($"Bedrock refused the API key that came with the request ({error.Name}).{words}"));
    }

    private static bool IsTooLong(BedrockError error) => TooLong.Any(words => error.Message.Contains(words, StringComparison.OrdinalIgnoreCase));
}
