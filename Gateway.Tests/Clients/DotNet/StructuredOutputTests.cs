using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using NJsonSchema;
using OpenAI.Chat;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Clients.DotNet;

[Trait("Requirement", "B1.4")]
public class StructuredOutputTests(SimulatedGateway gateway)
{
    private const string Schema = """
        {"type":"object","additionalProperties":false,"required":["city","inhabitants","rivers"],"properties":{
        "city":{"type":"string"},"inhabitants":{"type":"integer","minimum":1},"rivers":{"type":"array","minItems":1,"items":{"type":"string"}}}}
        """;

    private static readonly ChatCompletionOptions AsCity = new()
    {
        ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("city", BinaryData.FromString(Schema), jsonSchemaIsStrict: true),
    };

    [Fact]
    public async Task An_answer_has_the_form_that_its_schema_asks_for()
    {
        ChatCompletion answer = await gateway.Chat().CompleteChatAsync(["Describe Vienna, on the Danube."], AsCity, TestContext.Current.CancellationToken);

        await ShouldFitAsync(answer.Content.Single().Text);
    }

    [Fact]
    public async Task A_streamed_answer_has_the_form_that_its_schema_asks_for()
    {
        var parts = await gateway.Chat().CompleteChatStreamingAsync(["Describe Vienna, on the Danube."], AsCity, TestContext.Current.CancellationToken)
            .SelectMany(update => update.ContentUpdate.ToAsyncEnumerable()).ToListAsync(TestContext.Current.CancellationToken);

        await ShouldFitAsync(string.Concat(parts.Select(part => part.Text)));
    }

    [Fact]
    public async Task An_answer_without_a_schema_is_still_json_where_asked_for()
    {
        var options = new ChatCompletionOptions { ResponseFormat = ChatResponseFormat.CreateJsonObjectFormat() };

        ChatCompletion answer = await gateway.Chat().CompleteChatAsync(["Describe Vienna as JSON."], options, TestContext.Current.CancellationToken);

        JsonNode.Parse(answer.Content.Single().Text)!.GetValueKind().ShouldBe(JsonValueKind.Object);
    }

    private static async Task ShouldFitAsync(string text) =>
        (await JsonSchema.FromJsonAsync(Schema, TestContext.Current.CancellationToken)).Validate(text).ShouldBeEmpty(text);
}
