using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>Which answers are kept to be given again, how long and where. See <see cref="ModelCacheOptions"/> for what an alias may say otherwise.</summary>
public sealed record CacheOptions
{
    /// <summary>Whether answers are kept at all. On by default; it concerns embeddings, requests that state <c>"temperature": 0</c>, and those that ask for it by header.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How long an answer is kept, in seconds. 1 to 2592000 (30 days); 3600 by default.</summary>
    [Range(1, 2_592_000)]
    public int TtlSeconds { get; init; } = 3600;

    /// <summary>Largest answer that is kept, in bytes; a larger one is answered and not kept. 1 MiB by default.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxEntryBytes { get; init; } = 1024 * 1024;

    /// <summary>How much a process keeps in memory, in bytes; beyond it the answers go that are cheap for their size, old and not asked for. 64 MiB by default; 0 keeps none in memory.</summary>
    [Range(0, 16L * 1024 * 1024 * 1024)]
    public long MemoryBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Whether answers are kept in Redis too, where one is configured, so that replicas share them. On by default.</summary>
    public bool Shared { get; init; } = true;

    /// <summary>Whether answers that call tools are kept: the caller carries them out again at every hit. Off by default.</summary>
    public bool StoreToolCalls { get; init; }

    /// <summary>Whether identical requests that could be answered from the cache share one call while it is under way. On by default.</summary>
    public bool SingleFlight { get; init; } = true;

    public SemanticCacheOptions Semantic { get; init; } = new();
}
