using System.Text.Json.Serialization;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using Gateway.Api.Routing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Endpoints;

/// <summary>https://platform.openai.com/docs/api-reference/models: the aliases that the caller's key may use and that have a target.</summary>
internal static class Models
{
    public static void MapModels(this IEndpointRouteBuilder endpoints)
    {
        var models = endpoints.MapGroup("/models").WithTags("Models");
        models.MapGet("", List).WithName("listModels").WithSummary("The models that this key may use.");
        models.MapGet("/{**id}", Get).WithName("retrieveModel").WithSummary("One of the models that this key may use.");
    }

    private static Ok<ModelList> List(HttpContext http, Router router, LiveConfiguration configuration) =>
        TypedResults.Ok(new ModelList([.. router.Routes(Caller.BringsBedrockTokenTo(http)).Where(route => MayUse(http, route, configuration)).Select(Model.Of)]));

    private static Results<Ok<Model>, RefusalResult> Get(string id, HttpContext http, Router router, LiveConfiguration configuration) =>
        router.Find(NameOf(id), Caller.BringsBedrockTokenTo(http)) is { } route && MayUse(http, route, configuration) ? TypedResults.Ok(Model.Of(route)) : new RefusalResult(Refusal.ModelNotFound(NameOf(id)));

    // Clients escape the slash of a name such as "team/chat", and that is the one character that routing leaves escaped.
    private static string NameOf(string id) => id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static bool MayUse(HttpContext http, ModelRoute route, LiveConfiguration configuration) =>
        Caller.KeyOf(http) is var key && key.MayUse(route.Alias) && configuration.Current.TierMayUse(key.Tier, route.Alias);

    private sealed record ModelList(IReadOnlyList<Model> Data)
    {
        [JsonPropertyOrder(-1)]
        public string Object { get; } = "list";
    }

    private sealed record Model(string Id, string OwnedBy)
    {
        [JsonPropertyOrder(-1)]
        public string Object { get; } = "model";

        /// <summary>An alias has no birthday; clients want a number.</summary>
        public long Created { get; init; }

        public static Model Of(ModelRoute route) => new(route.Alias, route.Targets[0].Provider.Name);
    }
}
