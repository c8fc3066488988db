using Gateway.Api.Configuration.Description;

namespace Gateway.Api.Configuration;

/// <summary>Who may administer the gateway, and who may call models without a key of its own.</summary>
public sealed record AccessOptions
{
    /// <summary>A reference to the admin key: <c>env:NAME</c>, <c>secret:NAME#KEY</c> or <c>parameter:NAME</c>. Where it leads to nothing, <c>/admin</c> is closed but to tokens of an administrator.</summary>
    public string? AdminKey { get; init; }

    /// <summary>Whether callers may bring a Bedrock API key of their own: it goes to Bedrock as it is, and buys Bedrock's models only. On by default.</summary>
    public bool BedrockPassThrough { get; init; } = true;

    /// <summary>Proxies in front of the gateway, as addresses or CIDR ranges: from these alone <c>X-Forwarded-For</c> is believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Whose tokens are taken in place of an API key.</summary>
    public JwtOptions Jwt { get; init; } = new();

    /// <summary>Where API keys are kept: <c>File</c>, <c>Redis</c> or <c>DynamoDB</c>. Read at the start. Redis where one is configured, else a file.</summary>
    [ValuesOf(typeof(KeyStores))]
    public string? KeyStore { get; init; }

    /// <summary>The DynamoDB table of the API keys; made where it is not there. <c>gateway-keys</c> by default.</summary>
    public string KeyTable { get; init; } = "gateway-keys";

    /// <summary>Where DynamoDB is reached instead of at AWS, such as <c>http://localhost:4567</c>.</summary>
    public string? KeyServiceUrl { get; init; }
}
