using System.Text.Json.Nodes;
using Local.Model.Configuration;
using Local.Model.Requests;
using Local.Model.Serving;

namespace Local.Model.Endpoints;

internal static class Models
{
    public static void MapModels(this WebApplication app)
    {
        var keys = app.Services.GetRequiredService<ApiKeyCheck>();
        var models = app.Services.GetRequiredService<ModelCatalogue>();
        app.MapGet("/v1/models", http => keys.Admits(http) ? ListAsync(http, models) : ErrorReply.WriteAsync(http, Refusal.WrongKey()));
        app.MapGet("/v1/models/{**id}", http => keys.Admits(http) ? GetAsync(http, models) : ErrorReply.WriteAsync(http, Refusal.WrongKey()));
    }

    private static Task ListAsync(HttpContext http, ModelCatalogue models) => http.Response.WriteAsJsonAsync(
        new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. models.All.Select(model => Describe(model, models))]) },
        http.RequestAborted);

    // A name may hold a slash, plain or as %2F.
    private static Task GetAsync(HttpContext http, ModelCatalogue models)
    {
        var id = Uri.UnescapeDataString((string?)http.Request.RouteValues["id"] ?? "");
        return models.TryGet(id, out var model)
            ? http.Response.WriteAsJsonAsync(Describe(model, models), http.RequestAborted)
            : ErrorReply.WriteAsync(http, Refusal.NoSuchModel(id));
    }

    private static JsonObject Describe(ServedModel model, ModelCatalogue models) => new()
    {
        ["id"] = model.Id,
        ["object"] = "model",
        ["created"] = models.LoadedAt,
        ["owned_by"] = Simulation.Fingerprint,
        ["root"] = model.Id,
        ["parent"] = null,
        ["max_model_len"] = model.MaxModelLength,
    };
}
