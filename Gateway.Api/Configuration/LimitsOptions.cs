using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>How large a request may be and how long its parts may take.</summary>
public sealed record LimitsOptions
{
    /// <summary>Largest request body in bytes; a larger one is answered with 413.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxRequestBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Bounds the whole of a reply that is not streamed and the wait for the first byte of one that is; 504 after it.</summary>
    [Range(1, 3600)]
    public double RequestTimeoutSeconds { get; init; } = 30;

    /// <summary>How long a connection to a provider may take to open.</summary>
    [Range(0.1, 300)]
    public double ConnectTimeoutSeconds { get; init; } = 3;

    /// <summary>How long a stream that has begun may stay silent before it counts as broken.</summary>
    [Range(0.1, 3600)]
    public double StreamIdleTimeoutSeconds { get; init; } = 15;
}
