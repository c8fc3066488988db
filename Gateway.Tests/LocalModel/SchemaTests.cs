using System.Text.Json.Nodes;
using NJsonSchema;
using Shouldly;
using Xunit;

namespace Gateway.Tests.LocalModel;

public sealed class SchemaTests(ModelServer server) : IClassFixture<ModelServer>
{
    public static TheoryData<string> Schemas =>
    [
        """{"type":"object","properties":{"name":{"type":"string"},"year":{"type":"integer"}},"required":["name","year"],"additionalProperties":false}""",
        """{"type":"object","properties":{"rating":{"type":"integer","minimum":3,"maximum":4},"score":{"type":"number","minimum":0.25,"maximum":0.75}},"required":["rating","score"]}""",
        """{"type":"object","properties":{"kind":{"enum":["a","b"]},"fixed":{"const":42},"flag":{"type":"boolean"}},"required":["kind","fixed","flag"]}""",
        """{"type":"object","properties":{"short":{"type":"string","maxLength":3},"long":{"type":"string","minLength":80}},"required":["short","long"]}""",
        """{"type":"object","properties":{"zip":{"type":"string","pattern":"^\\d{5}$"},"sku":{"type":"string","pattern":"^[A-Z]{2,3}-[0-9]+(x|y)?$"},"hex":{"type":"string","pattern":"^#(?:[0-9a-f]{3}){1,2}$"}},"required":["zip","sku","hex"]}""",
        """{"type":"object","properties":{"mail":{"type":"string","format":"email"},"at":{"type":"string","format":"date-time"},"on":{"type":"string","format":"date"},"id":{"type":"string","format":"uuid"},"link":{"type":"string","format":"uri"},"ip":{"type":"string","format":"ipv4"}},"required":["mail","at","on","id","link","ip"]}""",
        """{"type":"array","items":{"type":"string"},"minItems":3,"maxItems":5,"uniqueItems":true}""",
        """{"type":"object","properties":{"tags":{"type":"array","items":{"enum":["x","y","z"]},"minItems":2,"uniqueItems":true}},"required":["tags"]}""",
        """{"type":"object","properties":{"steps":{"type":"array","items":{"type":"object","properties":{"explanation":{"type":"string"},"output":{"type":"string"}},"required":["explanation","output"],"additionalProperties":false},"minItems":2},"final_answer":{"type":"string"}},"required":["steps","final_answer"],"additionalProperties":false}""",
        """{"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":"object","properties":{"c":{"type":"integer","multipleOf":7,"minimum":10}},"required":["c"]}},"required":["b"]}},"required":["a"]}""",
        """{"type":"object","properties":{"value":{"anyOf":[{"type":"integer","minimum":100},{"type":"string","maxLength":2}]},"other":{"oneOf":[{"type":"number"},{"type":"integer"}]}},"required":["value"]}""",
        """{"type":"object","properties":{"note":{"type":["string","null"]},"count":{"type":["integer","null"]}},"required":["note","count"],"additionalProperties":false}""",
        """{"$defs":{"node":{"type":"object","properties":{"value":{"type":"string"},"next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}},"required":["value","next"],"additionalProperties":false}},"type":"object","properties":{"head":{"$ref":"#/$defs/node"}},"required":["head"]}""",
        """{"type":"object","properties":{"ui":{"$ref":"#/definitions/el"}},"required":["ui"],"definitions":{"el":{"type":"object","properties":{"type":{"type":"string","enum":["div","button"]},"children":{"type":"array","items":{"$ref":"#/definitions/el"}}},"required":["type","children"],"additionalProperties":false}}}""",
        """{"allOf":[{"type":"object","properties":{"id":{"type":"integer","minimum":5}},"required":["id"]},{"type":"object","properties":{"id":{"maximum":9},"name":{"type":"string"}},"required":["name"]}]}""",
        """{"type":"object","properties":{"price":{"type":"number","minimum":0,"exclusiveMaximum":1}},"required":["price","extra"],"additionalProperties":{"type":"integer"}}""",
        """{"type":"object","additionalProperties":{"type":"string"},"minProperties":3}""",
        """{"type":"object","properties":{"pick":{"oneOf":[{"type":"object","properties":{"type":{"const":"circle"},"radius":{"type":"number","exclusiveMinimum":0}},"required":["type","radius"]},{"type":"object","properties":{"type":{"const":"square"},"side":{"type":"number"}},"required":["type","side"]}]}},"required":["pick"]}""",
        """{"type":"object","properties":{"level":{"type":"integer","enum":[10,20,30]},"maybe":{"type":"integer","maximum":-5}},"required":["level","maybe"]}""",
    ];

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Structured_answers_and_arguments_fit_their_schema(string schema)
    {
        // NJsonSchema knows $defs by its older name only.
        var judge = await JsonSchema.FromJsonAsync(schema.Replace("$defs", "definitions", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        string[] questions = ["Describe Marie Curie, born 1867, in 3 steps", "x", "Give me 1 of b under 500 in Paris: \"red\" -2 0.5 a@b.example"];
        foreach (var question in questions)
        {
            var answer = await server.ChatAsync(question, new { response_format = new { type = "json_schema", json_schema = new { name = "thing", strict = true, schema = JsonNode.Parse(schema) } } });
            Check(answer["choices"]![0]!["message"]!["content"]!.GetValue<string>());

            if (schema.StartsWith("""{"type":"array""", StringComparison.Ordinal))
            {
                continue;
            }

            var tool = new { type = "function", function = new { name = "make_thing", parameters = JsonNode.Parse(schema) } };
            var called = await server.ChatAsync(question, new { tools = new[] { tool }, tool_choice = "required" });
            Check(called["choices"]![0]!["message"]!["tool_calls"]![0]!["function"]!["arguments"]!.GetValue<string>());
        }

        void Check(string json) => judge.Validate(json).Select(error => error.ToString()).ShouldBeEmpty(json);
    }

    [Fact]
    public async Task Json_object_is_an_object()
    {
        var answer = await server.ChatAsync("Explain tides", new { response_format = new { type = "json_object" } });
        JsonNode.Parse(answer["choices"]![0]!["message"]!["content"]!.GetValue<string>())!["simulated"]!.GetValue<bool>().ShouldBeTrue();
    }
}
