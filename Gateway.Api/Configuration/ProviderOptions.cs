namespace Gateway.Api.Configuration;

/// <summary>One provider: an endpoint, the protocol it speaks and the credential it wants.</summary>
public sealed record ProviderOptions
{
    /// <summary>The protocol: <c>OpenAI</c>, which OpenAI, vLLM and the simulated model speak.</summary>
    public string Type { get; init; } = "";

    /// <summary>The address up to and with the version, such as <c>https://api.openai.com/v1</c>.</summary>
    public string BaseUrl { get; init; } = "";

    /// <summary>A reference to the credential, <c>env:NAME</c>; never the credential itself. Empty: the provider wants none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Whether the provider takes <c>stream_options</c>, by which it is asked for a stream's usage. On by default; off for old servers that refuse the field, whose streams are then estimated.</summary>
    public bool StreamOptions { get; init; } = true;

    /// <summary>Allows a plain-HTTP address that is neither loopback nor private. Off by default.</summary>
    public bool AllowInsecure { get; init; }
}
