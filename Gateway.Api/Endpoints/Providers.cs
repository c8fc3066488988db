using Gateway.Api.Routing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Endpoints;

/// <summary><c>GET /admin/providers</c>: the targets of every alias as the gateway sees them now.</summary>
internal static class Providers
{
    public static void MapProviders(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/providers", List).WithTags("Providers").WithName("listProviders").WithSummary("How every target fares: whether it can be used, circuit, speed, share, last failure.");

    private static Ok<TargetList> List(Router router, RecentAttempts recent) =>
        TypedResults.Ok(new TargetList("list", [.. router.ConfiguredRoutes().SelectMany(route => TargetState.Of(route, hasFallback: router.Find(route.Alias) is { HasFallback: true }, recent))]));

    private sealed record TargetList(string Object, IReadOnlyList<TargetState> Data);
}
