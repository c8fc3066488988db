using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Gateway.Api.Access;

/// <summary>Who calls: the holder of an API key, or the administrator, who has none. Made once for each, not once a request.</summary>
internal sealed class CallerIdentity : ClaimsIdentity
{
    public CallerIdentity(ApiKey key) : this(key, Roles.Caller)
    {
    }

    private CallerIdentity(ApiKey? key, string role)
        : base([new Claim(DefaultRoleClaimType, role)], BearerAuthentication.Scheme)
    {
        Key = key;
        Authenticated = AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(this), BearerAuthentication.Scheme));
    }

    public static CallerIdentity Administrator { get; } = new(key: null, Roles.Administrator);

    public ApiKey? Key { get; }

    public AuthenticateResult Authenticated { get; }
}
