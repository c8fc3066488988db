namespace Gateway.Api.Access.Jwt;

/// <summary>A key that signatures are checked with. Which algorithms it takes follows from its kind, never from the token.</summary>
/// <param name="id">The key's <c>kid</c>.</param>
/// <param name="algorithms">Those of its kind, or the one that its <c>alg</c> says.</param>
internal abstract class SigningKey(string? id, params string[] algorithms)
{
    public string? Id { get; } = id;

    public bool Takes(string algorithm) => algorithms.Contains(algorithm, StringComparer.Ordinal);

    public abstract bool Verify(string algorithm, byte[] signed, byte[] signature);
}
