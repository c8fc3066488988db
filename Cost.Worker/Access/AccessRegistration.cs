using Microsoft.AspNetCore.Authorization;
using ServiceDefaults.Access;

namespace Cost.Worker.Access;

internal static class AccessRegistration
{
    /// <summary>Deny by default: a route that says nothing, known or unknown, takes the admin key.</summary>
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new AdminKey(builder.Configuration));
        services.AddWebEncoders();
        services.AddTransient<AdminAuthentication>();
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = AdminAuthentication.Scheme;
            options.AddScheme<AdminAuthentication>(AdminAuthentication.Scheme, displayName: null);
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
