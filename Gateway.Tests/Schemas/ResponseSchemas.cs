using System.Text.Json.Nodes;
using NJsonSchema;
using Shouldly;

namespace Gateway.Tests.Schemas;

/// <summary>Checks responses and their events against OpenAI's published shapes (https://platform.openai.com/docs/api-reference/responses).</summary>
public static class ResponseSchemas
{
    private static readonly JsonSchema Response = Read("response");
    private static readonly IDictionary<string, JsonSchema> Events = Read("response.event").Definitions;

    public static JsonObject ShouldBeResponse(string json)
    {
        ShouldFit(Response, json);
        return JsonNode.Parse(json)!.AsObject();
    }

    public static JsonObject ShouldBeEvent(string name, string json)
    {
        Events.ShouldContainKey(name);
        ShouldFit(Events[name], json);
        var told = JsonNode.Parse(json)!.AsObject();
        ((string?)told["type"]).ShouldBe(name);
        return told;
    }

    private static JsonSchema Read(string name) => JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "Schemas", $"{name}.json")).GetAwaiter().GetResult();

    private static void ShouldFit(JsonSchema schema, string json) => schema.Validate(json).Select(error => error.ToString()).ShouldBeEmpty(json);
}
