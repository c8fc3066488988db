using System.Security.Claims;

namespace Gateway.Api.Access;

/// <summary>Who calls: the holder of an API key, or the administrator, who has none.</summary>
internal sealed class CallerIdentity : ClaimsIdentity
{
    private CallerIdentity(ApiKey? key, string role)
        : base([new Claim(DefaultRoleClaimType, role)], BearerAuthentication.Scheme) => Key = key;

    public ApiKey? Key { get; }

    public static ClaimsPrincipal Administrator { get; } = new(new CallerIdentity(null, Roles.Administrator));

    public static ClaimsPrincipal Of(ApiKey key) => new(new CallerIdentity(key, Roles.Caller));
}
