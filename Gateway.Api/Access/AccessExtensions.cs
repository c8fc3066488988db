using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Gateway.Api.Access;

internal static class AccessExtensions
{
    /// <summary>The policy of <c>/admin</c>.</summary>
    public const string AdministratorPolicy = "administrator";

    /// <summary>Deny by default: a route that says nothing, known or unknown, takes an API key.</summary>
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<KeyFile>();
        services.AddSingleton<KeyStore>();
        services.AddAuthentication(BearerAuthentication.Scheme)
            .AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.Scheme, configureOptions: null);

        var caller = new AuthorizationPolicyBuilder().RequireRole(Roles.Caller).Build();
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(caller)
            .SetFallbackPolicy(caller)
            .AddPolicy(AdministratorPolicy, policy => policy.RequireRole(Roles.Administrator));
    }
}
