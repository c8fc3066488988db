using Gateway.Api.Access;
using Gateway.Api.Configuration;

namespace Gateway.Api.PassThrough;

/// <summary>
/// Leads what is below <c>/v1</c> and has no route of its own to pass-through, where a provider is named for it. Stands before the gate,
/// so that the rule of this route holds like that of any other.
/// </summary>
internal sealed class PassThroughRouting(RequestDelegate next, LiveConfiguration configuration, PassThroughPipeline pipeline)
{
    private readonly Endpoint _passThrough = new(pipeline.RunAsync, new EndpointMetadataCollection(new RouteAccess(AccessRule.ApiKey)), "pass-through");

    public Task InvokeAsync(HttpContext http)
    {
        // A path that has a route for other methods only has an endpoint too: one that answers 405, and is no route.
        if (http.GetEndpoint() is not RouteEndpoint && configuration.Current.PassThrough is { Length: > 0 } && PassThroughPath.CanBePassedOn(http.Request.Path))
        {
            http.SetEndpoint(_passThrough);
        }

        return next(http);
    }
}
