namespace Gateway.Api.Providers.Bedrock;

/// <summary>
/// What is wrong with the gateway's own credentials, and what to do about it. Told by the names of AWS's errors, not in AWS's words:
/// those of a wrong signature quote the request with its session token.
/// </summary>
internal static class BedrockProblems
{
    private const string HowToSetCredentials = "Set AWS_BEARER_TOKEN_BEDROCK, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile or a role, where the gateway runs.";

    /// <param name="settings">What the client was made from.</param>
    /// <param name="missing">Why there are no AWS credentials; null where none are looked for.</param>
    public static ProviderProblem NoCredentials(BedrockSettings settings, string? missing)
    {
        var others = settings.TakesCallersTokens ? " Callers who bring a Bedrock API key of their own are served." : "";
        return missing is null
            ? new($"It has no API key, and is told not to use AWS credentials.{others}", "Set AWS_BEARER_TOKEN_BEDROCK where the gateway runs, or UseAwsCredentials of the provider.")
            : new($"There are no AWS credentials: {missing.TrimEnd('.')}.{others}", HowToSetCredentials);
    }

    public static ProviderProblem Refused(BedrockError error, string region) => error.Name switch
    {
        "ExpiredTokenException" or "ExpiredToken" => new($"AWS says that the credentials have expired ({error.Name}).", $"Renew them. {HowToSetCredentials}"),
        _ when IsOfAnotherRegion(error) => new(
            $"AWS says that the credentials are for another region than {region} ({error.Name}).", "Set Region of the provider to theirs, or use credentials that hold in this one."),
        "AccessDeniedException" or "NotAuthorized" or "NotAuthorizedException" or "OptInRequired" => new(
            $"AWS does not let the credentials call the model in {region} ({error.Name}).",
            "Allow them bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream, ask for access to the model, and check that an API key is of this region and not expired."),
        _ => new($"AWS does not accept the credentials in {region} ({(error.Name.Length > 0 ? error.Name : $"HTTP {error.Status}")}).", $"Check that they are complete, not expired, and of this region. {HowToSetCredentials}"),
    };

    // "Credential should be scoped to a valid region, not 'eu-central-1'."
    private static bool IsOfAnotherRegion(BedrockError error) => error.Message.Contains("scoped to a valid region", StringComparison.OrdinalIgnoreCase);
}
