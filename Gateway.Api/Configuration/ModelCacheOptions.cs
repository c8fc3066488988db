using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>What an alias says of the cache in place of <see cref="CacheOptions"/>; what is left out is as there.</summary>
public sealed record ModelCacheOptions
{
    /// <summary>In place of <see cref="CacheOptions.Enabled"/>.</summary>
    public bool? Enabled { get; init; }

    /// <summary>In place of <see cref="CacheOptions.TtlSeconds"/>; 1 to 2592000.</summary>
    [Range(1, 2_592_000)]
    public int? TtlSeconds { get; init; }

    /// <summary>In place of <see cref="CacheOptions.StoreToolCalls"/>.</summary>
    public bool? StoreToolCalls { get; init; }
}
