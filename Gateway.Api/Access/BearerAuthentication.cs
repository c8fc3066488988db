using System.Runtime.CompilerServices;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Access;

/// <summary>Reads <c>Authorization: Bearer …</c>, or <c>x-api-key: …</c> as Anthropic's clients send it: an API key of this gateway, the admin key, or a Bedrock API key of the caller's own.</summary>
internal sealed class BearerAuthentication(KeyStore keys, LiveConfiguration configuration, TimeProvider time)
{
    public const string Scheme = "Bearer";

    private const string Prefix = $"{Scheme} ";
    private const string KeyHeader = "x-api-key";

    // The server hands out the same string for as long as a connection sends the same header, so a hash is worked out once a
    // connection. What the hash leads to is looked up each time: a key may be revoked meanwhile.
    private readonly ConditionalWeakTable<string, StrongBox<KeyHash>> _hashes = [];

    // Callers who bring a Bedrock token, by the same string: what is kept of the token is its hash.
    private readonly ConditionalWeakTable<string, Caller> _strangers = [];

    /// <summary>Returns why the caller is unknown, or null and the caller.</summary>
    public Refusal? Authenticate(HttpRequest request, out Caller? caller)
    {
        caller = null;
        var header = HeaderOf(request);
        if (header.Length == 0)
        {
            return Refusal.InvalidApiKey("You didn't provide an API key. Send it in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).");
        }

        var hash = HashOf(header);
        caller = keys.FindCaller(hash) ?? (IsAdminKey(hash) ? Caller.Administrator : StrangerOf(header, hash));
        return caller switch
        {
            null when BedrockToken.LooksLike(SecretIn(header)) => Refusal.InvalidApiKey("This gateway takes no Bedrock API keys (Gateway:Access:BedrockPassThrough is off). Ask its operator for a key."),
            null when !keys.IsLoaded => Refusal.KeysNotRead(),
            null => Refusal.InvalidApiKey($"Incorrect API key provided: {KeySecret.Shorten(SecretIn(header).ToString())}. Ask the gateway's operator for a key."),
            { Key: { } key, BringsBedrockToken: false } => RefusalOf(key),
            _ => null,
        };
    }

    private Refusal? RefusalOf(ApiKey key) => key.StatusAt(time.GetUtcNow()) switch
    {
        KeyStatus.Revoked => Refusal.InvalidApiKey("This API key was revoked. Ask the gateway's operator for a new one."),
        KeyStatus.Expired => Refusal.InvalidApiKey($"This API key expired at {key.ExpiresAt:u}. Ask the gateway's operator for a new one."),
        _ => null,
    };

    private KeyHash HashOf(string header)
    {
        // Of other headers the server makes a new string each time.
        if (!IsBearer(header))
        {
            return KeyHash.Of(SecretIn(header));
        }

        if (_hashes.TryGetValue(header, out var known))
        {
            return known.Value;
        }

        var hash = KeyHash.Of(SecretIn(header));
        _hashes.AddOrUpdate(header, new StrongBox<KeyHash>(hash));
        return hash;
    }

    /// <summary>The token that a request carries, for whoever passes it on at once and keeps it nowhere.</summary>
    public static string TokenOf(HttpRequest request) => SecretIn(HeaderOf(request)).ToString();

    private Caller? StrangerOf(string header, KeyHash hash)
    {
        if (!configuration.Current.Access.BedrockPassThrough || !BedrockToken.LooksLike(SecretIn(header)))
        {
            return null;
        }

        if (!_strangers.TryGetValue(header, out var caller))
        {
            caller = Caller.WithBedrockToken(BedrockToken.IdentityOf(hash, time.GetUtcNow()));
            _strangers.AddOrUpdate(header, caller);
        }

        return caller;
    }

    // Empty where neither header brings a key.
    private static string HeaderOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return IsBearer(header) ? header : request.Headers[KeyHeader].ToString();
    }

    private static bool IsBearer(string header) => header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> SecretIn(string header) => (IsBearer(header) ? header.AsSpan(Prefix.Length) : header).Trim();

    private bool IsAdminKey(KeyHash hash) =>
        configuration.Secret(configuration.Current.Access.AdminKey) is { } adminKey && KeyHash.Of(adminKey).Equals(hash);
}
