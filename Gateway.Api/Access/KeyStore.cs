using System.Collections.Frozen;

namespace Gateway.Api.Access;

/// <summary>
/// The gateway's API keys, looked up in memory and kept in an <see cref="IKeyRepository"/>. Readers see one whole state or the next,
/// never a half-made change. What was read last stays good while the repository cannot be reached.
/// </summary>
internal sealed class KeyStore(IKeyRepository repository, TimeProvider time)
{
    private readonly Lock _changes = new();
    private volatile State _state = State.Of([]);
    private volatile bool _isLoaded;

    /// <summary>Whether the keys were read at least once: before that a key that is not known here may be good all the same.</summary>
    public bool IsLoaded => _isLoaded;

    /// <summary>All keys, oldest first.</summary>
    public IReadOnlyList<ApiKey> All => _state.Keys;

    public ApiKey? Find(string id) => _state.ById.GetValueOrDefault(id);

    /// <summary>The holder of the key that has this hash, in whatever state the key is, or null.</summary>
    public Caller? FindCaller(KeyHash hash) => _state.ByHash.GetValueOrDefault(hash);

    /// <summary>Reads all keys anew.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var keys = await repository.ReadAllAsync(cancellationToken);
        lock (_changes)
        {
            // A change that was applied while the repository was being read is newer than what was read: a key made meanwhile stays
            // known (keys are revoked, never deleted), and a revocation that was seen is never unseen.
            var read = keys.Select(key => key.Id).ToHashSet();
            _state = State.Of(
            [
                .. keys.Select(key => Find(key.Id) is { RevokedAt: not null } revoked ? revoked : key),
                .. _state.Keys.Where(key => !read.Contains(key.Id)),
            ]);
        }

        _isLoaded = true;
    }

    public async Task AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        await repository.SaveAsync(key, cancellationToken);
        Apply(key);
    }

    /// <summary>Revokes a key for good and returns it; null where there is none. Revoking twice changes nothing.</summary>
    public async Task<ApiKey?> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        if (Find(id) is not { RevokedAt: null } key)
        {
            return Find(id);
        }

        var revoked = key with { RevokedAt = time.GetUtcNow() };
        await repository.SaveAsync(revoked, cancellationToken);
        Apply(revoked);
        return revoked;
    }

    /// <summary>Takes over a key as it is now, new or changed, by this replica or another.</summary>
    public void Apply(ApiKey key)
    {
        lock (_changes)
        {
            _state = State.Of([.. _state.Keys.Where(other => other.Id != key.Id), key]);
        }
    }

    private sealed record State(IReadOnlyList<ApiKey> Keys, FrozenDictionary<string, ApiKey> ById, FrozenDictionary<KeyHash, Caller> ByHash)
    {
        // Ids are made from the time, so their order is that of the keys' making.
        public static State Of(IReadOnlyList<ApiKey> keys) => new(
            [.. keys.OrderBy(key => key.Id, StringComparer.Ordinal)],
            keys.ToFrozenDictionary(key => key.Id),
            keys.ToFrozenDictionary(key => KeyHash.Parse(key.Hash), key => new Caller(key)));
    }
}
