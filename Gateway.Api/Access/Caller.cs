using System.Security.Claims;

namespace Gateway.Api.Access;

/// <summary>Who calls: the holder of an API key, or the administrator, who has none. Made once for each, not once a request.</summary>
internal sealed class Caller : ClaimsPrincipal
{
    public Caller(ApiKey key) : this(key, key.Name)
    {
    }

    private Caller(ApiKey? key, string name)
        : base(new ClaimsIdentity([new Claim(ClaimsIdentity.DefaultNameClaimType, name)], BearerAuthentication.Scheme)) => Key = key;

    public static Caller Administrator { get; } = new(key: null, "administrator");

    /// <summary>The caller's key; null for the administrator.</summary>
    public ApiKey? Key { get; }

    public bool IsAdministrator => Key is null;

    /// <summary>Whoever the gate let through to a route that calls models.</summary>
    public static ApiKey KeyOf(HttpContext http) => ((Caller)http.User).Key!;
}
