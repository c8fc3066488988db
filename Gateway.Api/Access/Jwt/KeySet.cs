namespace Gateway.Api.Access.Jwt;

/// <summary>The keys of one issuer.</summary>
internal sealed class KeySet(IReadOnlyList<SigningKey> keys)
{
    public static readonly KeySet Empty = new([]);

    public int Count => keys.Count;

    /// <summary>The keys that a token may have been signed with: those of its key id. One that names none goes with a key that has no sibling.</summary>
    public IEnumerable<SigningKey> Find(string? id, string algorithm) =>
        keys.Where(key => (id is null ? keys.Count == 1 : key.Id == id) && key.Takes(algorithm));

    public bool Holds(SigningKey key) => keys.Contains(key);
}
