using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aws.Deployment.Tests.Synthesis;

/// <summary>One resource of a template.</summary>
public sealed record Resource(string Concern, string Id, JsonNode Json)
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Type => (string)Json[nameof(Type)]!;

    public JsonNode Properties => Json[nameof(Properties)] ?? new JsonObject();

    /// <summary>A property by the steps to it, as JSON.</summary>
    public string? this[params string[] path] => path.Aggregate((JsonNode?)Properties, (node, step) => node switch
    {
        JsonArray list => list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)],
        _ => node?[step],
    })?.ToJsonString(AsWritten);
}
