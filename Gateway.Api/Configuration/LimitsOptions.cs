using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>How large a request may be and how long its parts may take.</summary>
public sealed record LimitsOptions
{
    /// <summary>Largest request body in bytes; a larger one is answered with 413.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxRequestBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Largest request body in bytes that is passed on to <see cref="GatewayOptions.PassThrough"/>, which is streamed and takes no memory here; a larger one is answered with 413.</summary>
    [Range(1024, 1L << 40)]
    public long MaxPassThroughBytes { get; init; } = 512 * 1024 * 1024;

    /// <summary>How long a request that is passed on may be silent in both directions, before its reply, in the middle of it or on a WebSocket; 504 where the reply has not begun.</summary>
    [Range(1, 86400)]
    public double PassThroughIdleTimeoutSeconds { get; init; } = 300;

    internal TimeSpan PassThroughIdle => TimeSpan.FromSeconds(PassThroughIdleTimeoutSeconds);

    /// <summary>Bounds the whole of a reply that is not streamed and the wait for the first byte of one that is; 504 after it.</summary>
    [Range(1, 3600)]
    public double RequestTimeoutSeconds { get; init; } = 30;

    internal TimeSpan Request => TimeSpan.FromSeconds(RequestTimeoutSeconds);

    /// <summary>How long a connection to a provider may take to open.</summary>
    [Range(0.1, 300)]
    public double ConnectTimeoutSeconds { get; init; } = 3;

    /// <summary>How long a stream that has begun may stay silent before it counts as broken.</summary>
    [Range(0.1, 3600)]
    public double StreamIdleTimeoutSeconds { get; init; } = 15;

    /// <summary>How long a target may take to the first token of a stream before the next one is tried. 10, or a third of the whole time where that is less.</summary>
    [Range(0.1, 3600)]
    public double? FirstTokenTimeoutSeconds { get; init; }

    /// <summary>What an attempt that is not streamed leaves of the whole time while another target is left. 10, or a third of the whole time where that is less.</summary>
    [Range(0, 3600)]
    public double? FallbackReserveSeconds { get; init; }

    /// <summary>The longest pause that a provider may ask for before the same target is tried again; where it asks for more the next one is tried at once.</summary>
    [Range(0, 3600)]
    public double MaxRetryAfterSeconds { get; init; } = 3;

    /// <summary>How often the same target is tried again for one request.</summary>
    [Range(0, 10)]
    public int Retries { get; init; } = 2;

    /// <summary>Requests in any 60 s from one client address, whatever keys they carry; 0 switches it off.</summary>
    [Range(0, 10_000_000)]
    public int RequestsPerMinutePerIp { get; init; } = 100;

    /// <summary>How long a request may wait for a target that is at its <see cref="TargetOptions.MaxConcurrency"/>; 503 after it.</summary>
    [Range(0, 300)]
    public double QueueSeconds { get; init; } = 5;

    /// <summary>How many requests may wait for one target; further ones are refused at once.</summary>
    [Range(0, 100_000)]
    public int QueueLength { get; init; } = 1000;

    /// <summary>After how long what was held for a request is given back where its gateway is gone. A request under way is renewed.</summary>
    [Range(2, 3600)]
    public double HoldSeconds { get; init; } = 60;

    /// <summary>
    /// For how long a gateway may lease a part of limits that are far from being met, for many requests at once, in place of asking Redis for each; 0 asks for each.
    /// What was spent is seen by other gateways that much later.
    /// </summary>
    [Range(0, 500)]
    public double LeaseMilliseconds { get; init; } = 100;

    /// <summary>How long Redis may be silent before limits are kept without it. A connection that breaks is noticed at once.</summary>
    [Range(0.1, 60)]
    public double RedisTimeoutSeconds { get; init; } = 1;
}
