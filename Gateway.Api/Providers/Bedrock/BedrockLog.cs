namespace Gateway.Api.Providers.Bedrock;

/// <summary>What the provider has to say to its operator.</summary>
internal sealed partial class BedrockLog(ILogger<BedrockProvider> logger)
{
    [LoggerMessage(LogLevel.Warning, "{Model} stopped for a reason that is not known here, '{Reason}'; the caller is told 'stop'.")]
    public partial void UnknownStopReason(string model, string? reason);

    [LoggerMessage(LogLevel.Warning, "{Target} refused the gateway's credentials ({Error}: {Message}). Check that they are not expired, belong to this region, and may call the model.")]
    public partial void CredentialsRefused(string target, string error, string message);
}
