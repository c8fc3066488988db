namespace Cost.Worker.Objectives;

internal static class ObjectiveEndpoints
{
    /// <summary><c>GET /objectives</c>: how each is met, what is left of its error budget, and how fast that goes.</summary>
    public static void MapObjectives(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/objectives", (ObjectiveBook book) =>
            TypedResults.Json(new ObjectiveList("list", book.IsRestored, book.Select(ShownObjective.Of)), ObjectiveJson.Default.ObjectiveList));
}
