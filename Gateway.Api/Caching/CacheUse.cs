using Gateway.Api.Caching.Semantic;

namespace Gateway.Api.Caching;

/// <summary>What the cache is to a request whose answer it may keep and had not.</summary>
/// <param name="Key">What the answer is kept under.</param>
/// <param name="Refreshes">Whether the answer is to be a new one.</param>
/// <param name="MaxAge">How old a kept one may be; null for as old as it is.</param>
internal sealed record CacheUse(CacheKey Key, bool Refreshes, TimeSpan? MaxAge)
{
    /// <summary>What it asks by its meaning, where the answer is to be found by that.</summary>
    public MeantQuestion? Question { get; init; }
}
