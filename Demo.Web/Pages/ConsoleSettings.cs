using System.Text.Json;
using System.Text.Json.Serialization;
using Demo.Web.Configuration;

namespace Demo.Web.Pages;

/// <summary><c>GET /console/settings.json</c>: what the console is told of the place it runs in. Where the pages are files, so is this.</summary>
internal static class ConsoleSettings
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static void MapConsoleSettings(this WebApplication app)
    {
        var settings = new Settings(app.Services.GetRequiredService<DemoOptions>().TraceUrl);
        app.MapGet("/console/settings.json", () => TypedResults.Json(settings, Json));
    }

    /// <param name="TraceUrl">Where a trace is shown, with <c>{trace_id}</c> in it; left out where nobody said so.</param>
    private sealed record Settings(string? TraceUrl);
}
