using System.Collections.Immutable;

namespace Gateway.Api.Access;

/// <summary>
/// The gateway's API keys, looked up in memory and kept in an <see cref="IKeyRepository"/>. Readers see one whole state or the next,
/// never a half-made change. What was read last stays good while the repository cannot be reached.
/// </summary>
internal sealed class KeyStore(IKeyRepository repository)
{
    private const int MostAttempts = 20;

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
            // known (keys are revoked, never deleted), and a change that was seen is never unseen.
            var read = keys.Select(key => key.Id).ToHashSet();
            _state = State.Of(
            [
                .. keys.Select(NewerOf),
                .. _state.Keys.Where(key => !read.Contains(key.Id)),
            ]);
        }

        _isLoaded = true;
    }

    public async Task AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        key = key with { Version = 1 };
        await repository.TrySaveAsync(key, cancellationToken);
        Apply(key);
    }

    /// <summary>
    /// Changes a key as it is kept now, not as it was last seen here; begins anew where another change comes in between, so that of two
    /// changes at once to different fields both are made, and to the same one the later.
    /// </summary>
    /// <param name="id">The key's.</param>
    /// <param name="change">What the key is to be; the very same where there is nothing to change. May be asked more than once.</param>
    /// <param name="cancellationToken">The caller left.</param>
    /// <returns>Null where there is no such key.</returns>
    /// <exception cref="KeysUnavailableException">It could not be kept, and was not made.</exception>
    public async Task<KeyChange?> ChangeAsync(string id, Func<ApiKey, ApiKey> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await repository.ReadAsync(id, cancellationToken) is not { } before)
            {
                return null;
            }

            var wanted = change(before);
            var after = ReferenceEquals(wanted, before) ? before : wanted with { Version = before.Version + 1 };
            if (ReferenceEquals(after, before) || await repository.TrySaveAsync(after, cancellationToken))
            {
                Apply(after);
                return new KeyChange(before, after);
            }
        }

        throw new KeysUnavailableException("Too many changes of this key at once.");
    }

    /// <summary>Takes over a key as it is now, new or changed, by this replica or another; what is known already, or newer, stays.</summary>
    public void Apply(ApiKey key)
    {
        lock (_changes)
        {
            _state = _state.With(NewerOf(key));
        }
    }

    private ApiKey NewerOf(ApiKey key) => Find(key.Id) is { } known && known.Version > key.Version ? known : key;

    // Sharing with the one before all that did not change: a key among a hundred thousand is not a hundred thousand steps.
    private sealed class State(ImmutableSortedDictionary<string, ApiKey> byId, ImmutableDictionary<KeyHash, Caller> byHash)
    {
        public ImmutableSortedDictionary<string, ApiKey> ById => byId;

        public ImmutableDictionary<KeyHash, Caller> ByHash => byHash;

        /// <summary>Ids are made from the time, so their order is that of the keys' making.</summary>
        public IReadOnlyList<ApiKey> Keys => field ??= [.. byId.Values];

        public static State Of(IReadOnlyList<ApiKey> keys) => new(
            ImmutableSortedDictionary.Create<string, ApiKey>(StringComparer.Ordinal).SetItems(keys.Select(key => KeyValuePair.Create(key.Id, key))),
            ImmutableDictionary<KeyHash, Caller>.Empty.SetItems(keys.SelectMany(CallersWith)));

        public State With(ApiKey key)
        {
            var others = byId.TryGetValue(key.Id, out var before) ? byHash.RemoveRange(CallersWith(before).Select(caller => caller.Key)) : byHash;
            return new State(byId.SetItem(key.Id, key), others.SetItems(CallersWith(key)));
        }

        private static IEnumerable<KeyValuePair<KeyHash, Caller>> CallersWith(ApiKey key) =>
        [
            new(KeyHash.Parse(key.Hash), new Caller(key)),
            .. key.Retired.Select(retired => KeyValuePair.Create(KeyHash.Parse(retired.Hash), new Caller(key, retired.ValidUntil))),
        ];
    }
}
