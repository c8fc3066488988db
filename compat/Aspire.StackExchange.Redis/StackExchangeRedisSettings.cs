namespace Aspire.StackExchange.Redis;

/// <summary>How a Redis client is registered; read from <c>Aspire:StackExchange:Redis</c> and <c>Aspire:StackExchange:Redis:{name}</c>.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>Where Redis is; <c>ConnectionStrings:{name}</c> goes before it.</summary>
    public string? ConnectionString { get; set; }

    public bool DisableHealthChecks { get; set; }

    public bool DisableTracing { get; set; }

    /// <summary>Whether to wait with connecting until somebody asks for the client; off by default: it connects as the host starts.</summary>
    public bool DisableAutoActivation { get; set; }
}
