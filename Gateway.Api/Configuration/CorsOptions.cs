namespace Gateway.Api.Configuration;

/// <summary>Which web pages may call the gateway from a browser.</summary>
public sealed record CorsOptions
{
    /// <summary>Every origin, though not for <c>/admin</c>.</summary>
    public const string AnyOrigin = "*";

    /// <summary>Origins such as <c>https://app.example.com</c>, or <c>*</c>. None by default.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];
}
