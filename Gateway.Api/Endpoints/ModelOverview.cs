using Gateway.Api.Configuration;
using Gateway.Api.Routing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Endpoints;

/// <summary><c>GET /admin/models</c>: every alias with its targets, how they fare and what they cost.</summary>
internal static class ModelOverview
{
    public static void MapModelOverview(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/models", List).WithTags("Providers").WithName("listAliases").WithSummary("Every alias: policy, targets, shares, circuits, prices.");

    private static Ok<AliasList> List(Router router, RecentAttempts recent, LiveConfiguration configuration, TimeProvider time) =>
        TypedResults.Ok(new AliasList("list", [.. router.ConfiguredRoutes().Select(route => ShownAlias.Of(route, router, recent, configuration.Current, time.GetUtcNow()))]));

    private sealed record AliasList(string Object, IReadOnlyList<ShownAlias> Data);
}
