namespace Gateway.Api.Pipeline;

/// <summary>The gateway's own response headers.</summary>
internal static class GatewayHeaders
{
    /// <summary><c>provider/model</c> that answered.</summary>
    public const string Target = "x-gateway-target";

    /// <summary>How many targets were called for this answer.</summary>
    public const string Attempts = "x-gateway-attempts";

    /// <summary>What the gateway understood but does not honour.</summary>
    public const string Warnings = "x-gateway-warnings";
}
