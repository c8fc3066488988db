using System.Text.Json;
using System.Text.Json.Nodes;
using Local.Model.Prompts;
using Local.Model.Requests;
using Local.Model.Schemas;
using Local.Model.Serving;
using Local.Model.Tokens;

namespace Local.Model.Answers;

/// <summary>Answers in JSON where response_format asks for it.</summary>
internal static class JsonReply
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = Json.WriterOptions.Encoder };

    public static string? Answer(ResponseFormat format, Conversation conversation, string reply) => format.Kind switch
    {
        ResponseFormatKind.JsonObject => new JsonObject
        {
            ["answer"] = reply,
            ["topics"] = new JsonArray([.. Words.Salient(conversation.Question).Take(5).Select(word => (JsonNode?)word)]),
            ["simulated"] = true,
        }.ToJsonString(Compact),
        ResponseFormatKind.JsonSchema => SchemaInstance.Make(format.Schema!, new PromptFacts(conversation.Question, null, reply))?.ToJsonString(Compact) ?? "null",
        _ => null,
    };
}
