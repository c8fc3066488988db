using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Authorization;
using ServiceDefaults.Access;

namespace Gateway.Api.Access;

/// <summary>
/// Who calls, and may they? Deny by default: a route takes what its <see cref="AccessRule"/> says, one that has none, known or
/// unknown, takes a key of either kind, and only the few that are marked as anonymous take none.
/// </summary>
internal sealed class Gate(RequestDelegate next, BearerAuthentication authentication)
{
    public Task InvokeAsync(HttpContext http)
    {
        var route = http.GetEndpoint()?.Metadata;
        if (route?.GetMetadata<IAllowAnonymous>() is not null)
        {
            return next(http);
        }

        var pending = authentication.AuthenticateAsync(http.Request);
        return pending.IsCompletedSuccessfully ? AdmitAsync(http, route, pending.Result) : WaitAsync(http, route, pending);
    }

    private async Task WaitAsync(HttpContext http, EndpointMetadataCollection? route, ValueTask<Authentication> pending) => await AdmitAsync(http, route, await pending);

    private Task AdmitAsync(HttpContext http, EndpointMetadataCollection? route, Authentication authenticated)
    {
        if (authenticated.Refusal is { } unknown)
        {
            if (unknown.Status == StatusCodes.Status401Unauthorized)
            {
                http.Response.Headers.WWWAuthenticate = route?.GetMetadata<ProtectedResource>()?.ChallengeTo(http.Request) ?? BearerAuthentication.Scheme;
            }

            return OpenAIErrors.WriteAsync(http, unknown);
        }

        http.User = authenticated.Caller!;
        return RefusalOf(route?.GetMetadata<RouteAccess>()?.Rule, authenticated.Caller!) is { } forbidden
            ? OpenAIErrors.WriteAsync(http, forbidden)
            : next(http);
    }

    private static Refusal? RefusalOf(AccessRule? rule, Caller caller) => rule switch
    {
        AccessRule.ApiKey when caller.IsAdministrator => Refusal.InsufficientPermissions("The admin key administers the gateway; calling a model takes an API key (POST /admin/keys makes one)."),
        AccessRule.AdminKey when !caller.IsAdministrator => Refusal.InsufficientPermissions("This takes the admin key; an API key does not do."),
        _ => null,
    };
}
