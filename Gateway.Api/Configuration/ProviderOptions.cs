using Gateway.Api.Configuration.Description;

namespace Gateway.Api.Configuration;

/// <summary>One provider: an endpoint, the protocol it speaks and the credential it wants.</summary>
public sealed record ProviderOptions
{
    /// <summary>The protocol: <c>OpenAI</c>, which OpenAI, vLLM and the simulated model speak, or <c>Bedrock</c>. A chat client that was registered in code under the provider's name is a <c>ChatClient</c>, and needs no entry here.</summary>
    [ValuesOf(typeof(ProviderTypes))]
    public string Type { get; init; } = "";

    /// <summary>The address up to and with the version, such as <c>https://api.openai.com/v1</c>. Bedrock's follows from its region.</summary>
    public string BaseUrl { get; init; } = "";

    /// <summary>Bedrock: the AWS region, such as <c>eu-central-1</c>, or <c>env:AWS_REGION</c>, which is eu-central-1 where the variable is missing.</summary>
    public string? Region { get; init; }

    /// <summary>A reference to the credential: <c>env:NAME</c>, <c>secret:NAME#KEY</c> or <c>parameter:NAME</c>; never the credential itself. Empty: the provider wants none; Bedrock then takes AWS_BEARER_TOKEN_BEDROCK or AWS credentials.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Whether the provider takes <c>stream_options</c>, by which it is asked for a stream's usage. On by default; off for old servers that refuse the field, whose streams are then estimated.</summary>
    public bool StreamOptions { get; init; } = true;

    /// <summary>Bedrock: whether requests are signed with the AWS credentials of the process where there is no API key. On by default.</summary>
    public bool UseAwsCredentials { get; init; } = true;

    /// <summary>Bedrock: whether images that a request gives by their address are fetched, from public addresses only. Off by default.</summary>
    public bool FetchImages { get; init; }

    /// <summary>Allows a plain-HTTP address that is neither loopback nor private. Off by default.</summary>
    public bool AllowInsecure { get; init; }
}
