using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Tools.Context;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Tools;

/// <summary>Product data for models that need not call tools for it.</summary>
[Trait("Requirement", "G2.5")]
public sealed class ProductContextTests(ToolGateway shared)
{
    private const string Ask = "A wireless keyboard under 60 dollars in stock?";

    private static readonly ModelSays Answer = new("Take the Keyline Slim.");

    [Theory]
    [InlineData("\"product_context\":{},", "toolless")]
    [InlineData("\"product_context\":true,", "toolless")]
    [InlineData("\"product_context\":{\"query\":\"wireless keyboard\",\"filters\":{\"price\":{\"max\":6000},\"available\":true}},", "toolless")]
    [InlineData("", "automatic")]
    public async Task A_block_of_data_comes_before_the_last_message(string field, string model)
    {
        await using var chat = ToolChat.On(shared, Answer);

        using var response = await chat.PostAsync(Body(field, model), details: true);

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        var request = chat.Rounds.ShouldHaveSingleItem();
        request["product_context"].ShouldBeNull();
        var messages = request["messages"]!.AsArray();
        messages.Select(message => (string?)message!["role"]).ShouldBe(["user", "assistant", "user", "user"]);
        ((string?)messages[3]!["content"]).ShouldBe(Ask);
        var block = (string)messages[2]!["content"]!;
        block.ShouldContain("untrusted data");
        block.ShouldEndWith("</product-data>");
        var lines = block.Split('\n');
        lines[^2].ShouldStartWith("""{"id":"kb-1","title":"Keyline Slim Wireless Keyboard","brand":"Keyline","price":"49.99 USD","availability":"in stock""");
        lines[^3].ShouldBe("<product-data>");
        var gateway = JsonNode.Parse(body)!["gateway"]!;
        gateway["products"]!.AsArray().Select(product => (string?)product!["id"]).ShouldBe(["kb-1"]);
    }

    [Fact]
    public async Task A_stream_tells_the_products_in_its_usage_chunk()
    {
        await using var chat = ToolChat.On(shared, Answer);

        using var response = await chat.PostAsync(Body("\"stream\":true,\"product_context\":{},", "toolless"), details: true);

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        body.ShouldContain("\"products\":[{\"id\":\"kb-1\"");
        body.ShouldEndWith("data: [DONE]\n\n");
    }

    [Theory]
    [InlineData("automatic", "\"product_context\":false,")]
    [InlineData("phi-3-mini", "")]
    [InlineData("automatic", "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],")]
    public async Task Whoever_does_not_want_it_gets_none(string model, string field)
    {
        await using var chat = ToolChat.On(shared, Answer);

        using var response = await chat.PostAsync(Body(field, model));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        chat.Rounds.ShouldHaveSingleItem()["messages"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Nothing_found_is_said()
    {
        await using var chat = ToolChat.On(shared, Answer);

        using var response = await chat.PostAsync(Body("\"product_context\":{\"query\":\"submarine\"},", "toolless"));

        ((string)chat.Rounds.ShouldHaveSingleItem()["messages"]![2]!["content"]!).ShouldContain("<product-data>\nNo product was found.\n</product-data>");
    }

    [Fact]
    public async Task The_data_is_no_longer_than_allowed()
    {
        await using var chat = ToolChat.On(shared, Answer);

        using var response = await chat.PostAsync(Body("\"product_context\":{\"query\":\"\",\"filters\":{},\"max_items\":20,\"max_tokens\":200},", "toolless"));

        var block = (string)chat.Rounds.ShouldHaveSingleItem()["messages"]![2]!["content"]!;
        block.Length.ShouldBeLessThanOrEqualTo(800);
        block.ShouldContain("{\"id\":");
    }

    [Theory]
    [InlineData("3", "'product_context' must be an object")]
    [InlineData("{\"max_items\":0}", "max_items 1 to 20")]
    [InlineData("{\"question\":\"x\"}", "Unknown parameter: 'product_context.question'")]
    [InlineData("{\"filters\":{\"price\":{\"min\":9,\"max\":1}}}", "The catalogue refused the search: ")]
    public async Task What_is_wrong_with_it_is_said(string context, string message)
    {
        await using var chat = ToolChat.On(shared, Answer);

        using var response = await chat.PostAsync(Body($"\"product_context\":{context},", "toolless"));

        ((string?)(await ToolChat.ErrorOf(response, HttpStatusCode.BadRequest))["message"])!.ShouldContain(message);
        chat.Rounds.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("A wireless keyboard under 60 dollars in stock?", "wireless keyboard", """{"price":{"max":6000},"available":true}""", "USD")]
    [InlineData("Can you recommend me a mouse between $20 and $45.50 please", "mouse", """{"price":{"min":2000,"max":4550}}""", "USD")]
    [InlineData("kettle for less than 1,000 euros", "kettle", """{"price":{"max":100000}}""", "EUR")]
    [InlineData("shirts over €30 that are available now", "shirts", """{"price":{"min":3000},"available":true}""", "EUR")]
    [InlineData("a usb 3 hub for 4 ports", "usb 3 hub 4 ports", "{}", null)]
    [InlineData("wireless keyboard", "wireless keyboard", "{}", null)]
    public void A_question_is_read_as_a_search(string text, string query, string filters, string? currency)
    {
        var read = Question.Read(text);

        (read.Query, read.Filters.ToJsonString(), read.Currency).ShouldBe((query, filters, currency));
    }

    private static string Body(string field, string model) =>
        $$"""{"model":"{{model}}",{{field}}"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello!"},{"role":"user","content":"{{Ask}}"}]}""";
}
