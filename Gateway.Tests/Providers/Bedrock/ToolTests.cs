using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Providers.Bedrock;

/// <summary>bedrock.md, section 3.</summary>
[Trait("Requirement", "B1.2")]
[Trait("Requirement", "B4.3")]
public sealed class ToolTests
{
    private const string Add = """{"type":"function","function":{"name":"add","description":"Adds.","parameters":{"type":"object","properties":{"a":{"type":"number"}}}}}""";
    private const string AddSpec = """{"toolSpec":{"name":"add","description":"Adds.","inputSchema":{"json":{"type":"object","properties":{"a":{"type":"number"}}}}}}""";

    private const string History = """
        [{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"look.up","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"4"}]
        """;

    [Fact]
    public void S3_1_A_tool_is_told_with_its_schema()
    {
        Converse.Of(Converse.Hello, $"\"tools\":[{Add}]")["toolConfig"].ShouldBe($$$"""{"tools":[{{{AddSpec}}}]}""");
    }

    [Theory]
    [InlineData("""{"name":"now"}""")]
    [InlineData("""{"name":"now","description":"","parameters":{}}""")]
    [InlineData("""{"name":"now","description":null,"parameters":null}""")]
    public void S3_1_An_empty_description_is_left_out_and_missing_parameters_are_an_empty_object(string function)
    {
        Converse.Of(Converse.Hello, $$$"""
            "tools":[{"type":"function","function":{{{function}}}}]
            """)["toolConfig"].ShouldBe("""{"tools":[{"toolSpec":{"name":"now","inputSchema":{"json":{"type":"object","properties":{}}}}}]}""");
    }

    [Theory]
    [InlineData("\"tools\":[]")]
    [InlineData("\"tools\":null")]
    public void S3_1_No_tools_are_never_an_empty_list(string fields) => Converse.Of(Converse.Hello, fields).ContainsKey("toolConfig").ShouldBeFalse();

    [Fact]
    public void S3_2_Names_and_ids_are_made_fit_without_two_becoming_one_and_come_back()
    {
        var longName = new string('x', 80);
        var request = Converse.Of(
            """[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[{"id":"call:1","type":"function","function":{"name":"get.it","arguments":"{}"}}]},{"role":"tool","tool_call_id":"call:1","content":"4"}]""",
            $$$"""
            "tools":[{"type":"function","function":{"name":"get.it"}},{"type":"function","function":{"name":"get_it"}},{"type":"function","function":{"name":"{{{longName}}}"}},{"type":"function","function":{"name":"{{{longName}}}y"}}]
            """,
            Converse.Unknown,
            out var translation);

        var names = request["toolConfig"]!["tools"]!.AsArray().Select(tool => (string)tool!["toolSpec"]!["name"]!).ToList();
        names.ShouldBeUnique();
        names.Select(translation.Tools.Original).ShouldBe(["get.it", "get_it", longName, longName + "y"]);
        var use = request["messages"]![1]!["content"]![0]!["toolUse"]!;
        ((string)use["name"]!).ShouldBe(names[0]);
        ((string)use["toolUseId"]!).ShouldBe((string)request["messages"]![2]!["content"]![0]!["toolResult"]!["toolUseId"]!);
    }

    [Theory]
    [InlineData("\"auto\"", """{"auto":{}}""")]
    [InlineData("\"required\"", """{"any":{}}""")]
    [InlineData("""{"type":"function","function":{"name":"add"}}""", """{"tool":{"name":"add"}}""")]
    public void S3_3_A_choice_of_tools_is_told(string choice, string told) =>
        Converse.Of(Converse.Hello, $"\"tools\":[{Add}],\"tool_choice\":{choice}")["toolConfig"]!["toolChoice"].ShouldBe(told);

    [Fact]
    public void S3_3_None_leaves_the_tools_out()
    {
        var request = Converse.Of(Converse.Hello, $"\"tools\":[{Add}],\"tool_choice\":\"none\"", Converse.Unknown, out var translation);

        request.ContainsKey("toolConfig").ShouldBeFalse();
        translation.DropsToolCalls.ShouldBeTrue();
    }

    [Fact]
    public void S3_3_None_keeps_the_tools_without_a_choice_where_the_history_needs_them()
    {
        var request = Converse.Of(History, $"\"tools\":[{Add}],\"tool_choice\":\"none\"", Converse.Unknown, out var translation);

        request["toolConfig"].ShouldBe($$$"""{"tools":[{{{AddSpec}}}]}""");
        translation.DropsToolCalls.ShouldBeTrue();
    }

    [Fact]
    public void S3_4_Tools_of_the_history_are_told_where_the_request_has_none()
    {
        var request = Converse.Of(History, null, Converse.Unknown, out var translation);

        request["toolConfig"].ShouldBe("""{"tools":[{"toolSpec":{"name":"look_up","inputSchema":{"json":{"type":"object","properties":{}}}}}]}""");
        translation.DropsToolCalls.ShouldBeTrue();
    }

    [Theory]
    [InlineData("\"required\"")]
    [InlineData("""{"type":"function","function":{"name":"add"}}""")]
    public void S3_5_A_forced_tool_is_left_free_where_the_model_thinks(string choice)
    {
        var request = Converse.Of(Converse.Hello, $"\"tools\":[{Add}],\"tool_choice\":{choice},\"reasoning_effort\":\"low\"", Converse.Claude4, out var translation);

        request["toolConfig"]!["toolChoice"].ShouldBe("""{"auto":{}}""");
        translation.Warnings.ShouldHaveSingleItem().ShouldContain("tool_choice");
    }

    [Fact]
    public void S3_5_A_model_that_cannot_be_forced_is_not()
    {
        Converse.Of(Converse.Hello, $"\"tools\":[{Add}],\"tool_choice\":\"required\"", Converse.Llama)["toolConfig"]!.AsObject().ContainsKey("toolChoice").ShouldBeFalse();
    }

    [Fact]
    public void One_call_at_a_time_is_told_to_Claude()
    {
        var request = Converse.Of(Converse.Hello, $"\"tools\":[{Add}],\"parallel_tool_calls\":false", Converse.Claude4, out var translation);

        request["additionalModelRequestFields"].ShouldBe("""{"tool_choice":{"type":"auto","disable_parallel_tool_use":true}}""");
        translation.TakesOneToolCall.ShouldBeTrue();
    }

    [Theory]
    [InlineData("\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"x\"}}]", "tools[0]")]
    [InlineData("\"tools\":[],\"tool_choice\":\"required\"", "tool_choice")]
    [InlineData("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"none\"}}", "tool_choice")]
    [InlineData("\"tool_choice\":\"sometimes\"", "tool_choice")]
    [InlineData("\"functions\":[]", "functions")]
    public void Tools_that_cannot_be_told_are_refused(string fields, string param) => Converse.RefusalOf(Converse.Hello, fields).Param.ShouldBe(param);

    [Fact]
    public void A_tool_of_the_request_is_cached_where_asked_for()
    {
        var tools = Converse.Of(Converse.Hello, $$$"""
            "tools":[{"type":"function","function":{"name":"now"},"cache_control":{"type":"ephemeral"}}]
            """, Converse.Claude45)["toolConfig"]!["tools"]!.AsArray();

        JsonNode.DeepEquals(tools[1], JsonNode.Parse("""{"cachePoint":{"type":"default"}}""")).ShouldBeTrue();
    }
}
