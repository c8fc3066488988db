using System.Text.Json.Nodes;
using NJsonSchema;

namespace Gateway.Tests.Schemas;

/// <summary>Checks replies against Anthropic's published shapes (https://docs.anthropic.com/en/api/messages), written down in this folder. Unknown fields are faults.</summary>
public static class AnthropicSchemas
{
    private static readonly JsonSchema Message = OpenAISchemas.Read("anthropic.message");
    private static readonly JsonSchema Event = OpenAISchemas.Read("anthropic.event");
    private static readonly JsonSchema Error = OpenAISchemas.Read("anthropic.error");

    public static JsonObject ShouldBeMessage(string json) => OpenAISchemas.ShouldFit(Message, json);

    public static JsonObject ShouldBeEvent(string json) => OpenAISchemas.ShouldFit(Event, json);

    public static JsonObject ShouldBeError(string json) => OpenAISchemas.ShouldFit(Error, json);
}
