using Microsoft.AspNetCore.Authorization;

namespace Gateway.Api.Access;

internal static class AccessExtensions
{
    /// <summary>The policy of <c>/admin</c>.</summary>
    public const string AdministratorPolicy = "administrator";

    /// <summary>
    /// Deny by default: a route that says nothing, known or unknown, takes a key of either kind. Calling models (the default
    /// policy) takes an API key, administration the admin key.
    /// </summary>
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<KeyFile>();
        services.AddSingleton<KeyStore>();
        services.AddWebEncoders();

        // The handler's base class logs each refusal twice; a guesser could fill the log with them.
        services.AddLogging(logging => logging.AddFilter(typeof(BearerAuthentication).FullName, LogLevel.Warning));

        // The core of authentication alone: AddAuthentication would bring data protection and its key files, which bearer keys do not need.
        services.AddTransient<BearerAuthentication>();
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = BearerAuthentication.Scheme;
            options.AddScheme<BearerAuthentication>(BearerAuthentication.Scheme, displayName: null);
        });

        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireRole(Roles.Caller).Build())
            .AddPolicy(AdministratorPolicy, policy => policy.RequireRole(Roles.Administrator));
    }
}
