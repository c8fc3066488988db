using System.Security.Claims;

namespace Gateway.Api.Access;

/// <summary>Who calls: the holder of an API key or of a token, somebody with a Bedrock token, or an administrator, who has no key. Made once for each, not once a request.</summary>
internal sealed class Caller : ClaimsPrincipal
{
    /// <param name="key">The key.</param>
    /// <param name="secretEndsAt">When the secret that was sent is no longer good: one that a rotation has replaced.</param>
    public Caller(ApiKey key, DateTimeOffset? secretEndsAt = null) : this(key, key.Name) => SecretEndsAt = secretEndsAt;

    private Caller(ApiKey? key, string name, bool bringsBedrockToken = false)
        : base(new ClaimsIdentity([new Claim(ClaimsIdentity.DefaultNameClaimType, name)], BearerAuthentication.Scheme)) =>
        (Key, BringsBedrockToken) = (key, bringsBedrockToken);

    /// <summary>Whoever has the admin key.</summary>
    public static Caller Administrator { get; } = new(key: null, "admin_key");

    /// <summary>The caller's key, or what a token says in place of one; null for an administrator.</summary>
    public ApiKey? Key { get; }

    /// <summary>Whether Bedrock is called with the caller's own token, and nothing else is.</summary>
    public bool BringsBedrockToken { get; }

    public DateTimeOffset? SecretEndsAt { get; }

    public bool IsAdministrator => Key is null;

    /// <param name="identity">Made from the token's hash; no key of this gateway.</param>
    public static Caller WithBedrockToken(ApiKey identity) => new(identity, identity.Name, bringsBedrockToken: true);

    /// <param name="subject">Whom the token names.</param>
    public static Caller AdministratorWithToken(string subject) => new(key: null, $"jwt:{subject}");

    public static bool BringsBedrockTokenTo(HttpContext http) => http.User is Caller { BringsBedrockToken: true };

    /// <summary>Whoever the gate let through to a route that calls models.</summary>
    public static ApiKey KeyOf(HttpContext http) => ((Caller)http.User).Key!;
}
