namespace Gateway.Api.Configuration;

/// <summary>Who may administer the gateway, and who may call models without a key of its own.</summary>
public sealed record AccessOptions
{
    /// <summary>A reference to the admin key, <c>env:NAME</c>. Where it leads to nothing, <c>/admin</c> is closed.</summary>
    public string? AdminKey { get; init; }

    /// <summary>Whether callers may bring a Bedrock API key of their own: it goes to Bedrock as it is, and buys Bedrock's models only. On by default.</summary>
    public bool BedrockPassThrough { get; init; } = true;

    /// <summary>Proxies in front of the gateway, as addresses or CIDR ranges: from these alone <c>X-Forwarded-For</c> is believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];
}
