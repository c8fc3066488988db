using System.Collections.Frozen;

namespace Gateway.Api.Access;

/// <summary>
/// The gateway's API keys: looked up in memory, kept in a <see cref="KeyFile"/>. Readers see one whole state or the next, never
/// a half-made change; a change counts once it is on disk.
/// </summary>
internal sealed class KeyStore(KeyFile file, TimeProvider time)
{
    private readonly Lock _changes = new();
    private volatile State _state = State.Of(file.Read());

    public ApiKey? Find(string id) => _state.ById.GetValueOrDefault(id);

    /// <summary>The holder of the key that has this hash, in whatever state the key is, or null.</summary>
    public CallerIdentity? FindCaller(KeyHash hash) => _state.ByHash.GetValueOrDefault(hash);

    /// <summary>All keys, oldest first.</summary>
    public IReadOnlyList<ApiKey> All => _state.Keys;

    public void Add(ApiKey key)
    {
        lock (_changes)
        {
            Keep([.. _state.Keys, key]);
        }
    }

    /// <summary>Revokes a key for good and returns it; null where there is none. Revoking twice changes nothing.</summary>
    public ApiKey? Revoke(string id)
    {
        lock (_changes)
        {
            if (Find(id) is not { RevokedAt: null } key)
            {
                return Find(id);
            }

            var revoked = key with { RevokedAt = time.GetUtcNow() };
            Keep([.. _state.Keys.Select(other => other.Id == id ? revoked : other)]);
            return revoked;
        }
    }

    private void Keep(IReadOnlyList<ApiKey> keys)
    {
        file.Write(keys);
        _state = State.Of(keys);
    }

    private sealed record State(IReadOnlyList<ApiKey> Keys, FrozenDictionary<string, ApiKey> ById, FrozenDictionary<KeyHash, CallerIdentity> ByHash)
    {
        public static State Of(IReadOnlyList<ApiKey> keys) =>
            new(keys, keys.ToFrozenDictionary(key => key.Id), keys.ToFrozenDictionary(key => KeyHash.Parse(key.Hash), key => new CallerIdentity(key)));
    }
}
