using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.LocalModel;

public sealed class ToolTests(ModelServer server) : IClassFixture<ModelServer>
{
    internal static readonly JsonNode Weather = Tool("get_weather", "Get the current weather in a given city",
        """{"type":"object","properties":{"city":{"type":"string"},"unit":{"type":"string","enum":["celsius","fahrenheit"]}},"required":["city"]}""");

    private static readonly JsonNode[] Tools =
    [
        Weather,
        Tool("add", "Add two numbers", """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}"""),
        Tool("send_email", "Send an email", """{"type":"object","properties":{"to":{"type":"string","format":"email"},"body":{"type":"string"}},"required":["to","body"]}"""),
        Tool("book_flight", "Book a flight", """{"type":"object","properties":{"origin":{"type":"string"},"destination":{"type":"string"},"date":{"type":"string","format":"date"},"passengers":{"type":"integer","minimum":1}},"required":["origin","destination","date"]}"""),
        Tool("get_order_status", "Look up an order", """{"type":"object","properties":{"order_id":{"type":"string"}},"required":["order_id"]}"""),
        Tool("search_catalog", "Search the product catalog", """
            {"type":"object","properties":{"catalog":{"type":"object","properties":{"query":{"type":"string"},"filters":{"type":"object","properties":{
            "price":{"type":"object","properties":{"min":{"type":"integer","description":"in minor units"},"max":{"type":"integer","description":"in minor units"}}},
            "available":{"type":"boolean"}}},"pagination":{"type":"object","properties":{"limit":{"type":"integer"},"cursor":{"type":"string"}}}}}},"required":["catalog"]}
            """),
    ];

    [Theory]
    [InlineData("What's the weather in Paris and in Rome?", """get_weather{"city":"Paris"} get_weather{"city":"Rome"}""")]
    [InlineData("Weather in San Francisco in celsius?", """get_weather{"city":"San Francisco","unit":"celsius"}""")]
    [InlineData("Add 3 and 4", """add{"a":3,"b":4}""")]
    [InlineData("Send an email to bob@example.com saying \"see you\"", """send_email{"to":"bob@example.com","body":"see you"}""")]
    [InlineData("Book a flight from Berlin to New York on 2026-12-01 for 2 passengers", """book_flight{"origin":"Berlin","destination":"New York","date":"2026-12-01","passengers":2}""")]
    [InlineData("Where is my order A-1234?", """get_order_status{"order_id":"A-1234"}""")]
    [InlineData("Show me laptops between 500 and 900 euros", """search_catalog{"catalog":{"query":"laptops","filters":{"price":{"min":50000,"max":90000}}}}""")]
    [InlineData("What's the weather in Paris, and find red running shoes below $80?", """get_weather{"city":"Paris"} search_catalog{"catalog":{"query":"red running shoes","filters":{"price":{"max":8000}}}}""")]
    [InlineData("Hello there!", "")]
    [InlineData("Tell me a joke about cats", "")]
    public async Task Calls_the_tool_that_fits_with_what_the_message_says(string question, string expected)
    {
        var choice = (await server.ChatAsync(question, new { tools = Tools }))["choices"]![0]!;
        Calls(choice).ShouldBe(expected);
        choice["finish_reason"]!.GetValue<string>().ShouldBe(expected.Length == 0 ? "stop" : "tool_calls");
        (choice["message"]!["content"] is null).ShouldBe(expected.Length > 0);
    }

    [Fact]
    public async Task Tool_choice_and_parallel_tool_calls_are_obeyed()
    {
        const string Two = "What's the weather in Paris and in Rome?";
        Calls((await server.ChatAsync(Two, new { tools = Tools, parallel_tool_calls = false }))["choices"]![0]!).ShouldBe("""get_weather{"city":"Paris"}""");
        Calls((await server.ChatAsync(Two, new { tools = Tools, tool_choice = "none" }))["choices"]![0]!).ShouldBe("");
        Calls((await server.ChatAsync("Tell me a joke", new { tools = Tools, tool_choice = "required" }))["choices"]![0]!).ShouldStartWith("get_weather");
        Calls((await server.ChatAsync("Tell me a joke", new { tools = Tools, tool_choice = new { type = "function", function = new { name = "add" } } }))["choices"]![0]!)
            .ShouldBe("""add{"a":1,"b":1}""");
    }

    [Fact]
    public async Task A_tool_result_is_answered_in_words()
    {
        var body = ModelServer.Chat("What's the weather in Paris?", new { tools = Tools });
        body["messages"]!.AsArray().Add(JsonNode.Parse("""{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Paris\"}"}}]}"""));
        body["messages"]!.AsArray().Add(JsonNode.Parse("""{"role":"tool","tool_call_id":"c1","content":"{\"city\":\"Paris\",\"degrees\":18,\"sky\":\"clear\"}"}"""));
        var choice = (await server.AskAsync("/v1/chat/completions", body))["choices"]![0]!;
        choice["message"]!["content"]!.GetValue<string>().ShouldBe("According to get_weather, city is Paris, degrees is 18 and sky is clear. (Simulated answer.)");
        choice["finish_reason"]!.GetValue<string>().ShouldBe("stop");
    }

    [Fact]
    public async Task Arguments_that_do_not_fit_the_limit_are_cut_and_say_so()
    {
        var answer = await server.ChatAsync("What's the weather in Paris?", new { tools = Tools, max_tokens = 6 });
        answer["choices"]![0]!["finish_reason"]!.GetValue<string>().ShouldBe("length");
        answer["usage"]!["completion_tokens"]!.GetValue<int>().ShouldBe(6);
    }

    private static JsonObject Tool(string name, string description, string parameters) => new()
    {
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = name, ["description"] = description, ["parameters"] = JsonNode.Parse(parameters) },
    };

    private static string Calls(JsonNode choice) =>
        string.Join(' ', (choice["message"]!["tool_calls"] as JsonArray ?? []).Select(call => $"{call!["function"]!["name"]}{call["function"]!["arguments"]}"));
}
