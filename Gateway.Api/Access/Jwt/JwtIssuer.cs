using Gateway.Api.Configuration;

namespace Gateway.Api.Access.Jwt;

/// <summary>One issuer as it is configured, with its keys: shared ones, or those that it publishes.</summary>
internal sealed class JwtIssuer(JwtIssuerOptions options, KeySet shared, JwksSource? published)
{
    public JwtIssuerOptions Options => options;

    public JwksSource? Published => published;

    public bool Takes(string algorithm) => options.Algorithms.Contains(algorithm, StringComparer.Ordinal);

    public ValueTask<IEnumerable<SigningKey>> FindKeysAsync(JwtDocument token, CancellationToken cancellationToken) =>
        published is null ? new(shared.Find(id: null, token.Algorithm)) : published.FindAsync(token.KeyId, token.Algorithm, cancellationToken);

    /// <summary>Whether what was verified with a key is still good.</summary>
    public bool Trusts(SigningKey key) => (published?.Current ?? shared).Holds(key);
}
