using Shouldly;
using Xunit;

namespace Gateway.Tests.Providers.Bedrock;

/// <summary>bedrock.md, section 4.</summary>
[Trait("Requirement", "B1.2")]
[Trait("Requirement", "B4.3")]
public sealed class ParameterTests
{
    private const string City = """{"type":"json_schema","json_schema":{"name":"city","description":"A city.","schema":{"type":"object","properties":{"city":{"type":"string"}}}}}""";

    [Theory]
    [InlineData("\"max_tokens\":5", """{"maxTokens":5}""")]
    [InlineData("\"max_tokens\":5,\"max_completion_tokens\":6", """{"maxTokens":6}""")]
    [InlineData("\"temperature\":0,\"top_p\":0.5", """{"temperature":0,"topP":0.5}""")]
    [InlineData("\"stop\":\"END\"", """{"stopSequences":["END"]}""")]
    [InlineData("\"stop\":[\"a\",\" \",\"\",\"b\"]", """{"stopSequences":["a","b"]}""")]
    public void S4_1_Parameters_of_sampling_are_told(string fields, string told) => Converse.Of(Converse.Hello, fields)["inferenceConfig"].ShouldBe(told);

    [Theory]
    [InlineData(null)]
    [InlineData("\"max_tokens\":null,\"temperature\":null,\"top_p\":null,\"stop\":null")]
    [InlineData("\"stop\":[\"\"]")]
    public void S4_1_What_is_unset_stays_unset(string? fields) => Converse.Of(Converse.Hello, fields).ContainsKey("inferenceConfig").ShouldBeFalse();

    [Fact]
    public void S4_2_A_temperature_above_1_is_lowered_on_Claude()
    {
        var request = Converse.Of(Converse.Hello, "\"temperature\":1.7", Converse.Claude3, out var translation);

        request["inferenceConfig"].ShouldBe("""{"temperature":1}""");
        translation.Warnings.ShouldHaveSingleItem().ShouldContain("temperature");
    }

    [Fact]
    public void S4_2_New_Claude_is_told_temperature_or_topP_and_old_Claude_both()
    {
        Converse.Of(Converse.Hello, "\"temperature\":0.5,\"top_p\":0.9", Converse.Claude45)["inferenceConfig"].ShouldBe("""{"temperature":0.5}""");
        Converse.Of(Converse.Hello, "\"top_p\":0.9", Converse.Claude45)["inferenceConfig"].ShouldBe("""{"topP":0.9}""");
        Converse.Of(Converse.Hello, "\"temperature\":0.5,\"top_p\":0.9", Converse.Claude3)["inferenceConfig"].ShouldBe("""{"temperature":0.5,"topP":0.9}""");
    }

    [Theory]
    [InlineData("\"n\":2", "n")]
    [InlineData("\"temperature\":9", "temperature")]
    [InlineData("\"temperature\":-1", "temperature")]
    [InlineData("\"max_tokens\":\"5\"", "max_tokens")]
    [InlineData("\"stop\":7", "stop")]
    [InlineData("\"response_format\":{\"type\":\"xml\"}", "response_format")]
    [Trait("Requirement", "B7.4")]
    public void S4_3_Several_choices_and_values_that_cannot_be_are_refused(string fields, string param)
    {
        var refusal = Converse.RefusalOf(Converse.Hello, fields);

        (refusal.Status, refusal.Param).ShouldBe((400, param));
    }

    [Fact]
    public void S4_3_What_has_no_field_is_ignored_and_named()
    {
        var request = Converse.Of(
            Converse.Hello,
            "\"logprobs\":true,\"logit_bias\":{\"1\":2},\"seed\":0,\"presence_penalty\":1,\"frequency_penalty\":0,\"user\":\"\",\"n\":1,\"store\":false",
            Converse.Unknown,
            out var translation);

        request.Select(property => property.Key).ShouldBe(["messages"]);
        translation.Ignored.ShouldBe(["logprobs", "logit_bias", "seed", "presence_penalty"]);
    }

    [Fact]
    public void S4_4_A_schema_is_told_as_a_string_where_the_model_takes_one()
    {
        Converse.Of(Converse.Hello, $"\"response_format\":{City}", Converse.Claude45)["outputConfig"].ShouldBe("""
            {"textFormat":{"type":"json_schema","structure":{"jsonSchema":{"schema":"{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}","name":"city","description":"A city."}}}}
            """);
    }

    [Fact]
    public void S4_4_A_forced_tool_stands_in_for_a_schema_where_not()
    {
        var request = Converse.Of(Converse.Hello, $"\"response_format\":{City}", Converse.Claude3, out var translation);

        request["toolConfig"].ShouldBe("""
            {"tools":[{"toolSpec":{"name":"city","description":"A city.","inputSchema":{"json":{"type":"object","properties":{"city":{"type":"string"}}}}}}],"toolChoice":{"tool":{"name":"city"}}}
            """);
        request.ContainsKey("outputConfig").ShouldBeFalse();
        translation.AnswerTool.ShouldBe("city");
    }

    [Fact]
    public void A_json_object_is_asked_for_in_words() =>
        ((string)Converse.Of(Converse.Hello, "\"response_format\":{\"type\":\"json_object\"}")["system"]![0]!["text"]!).ShouldContain("JSON object");

    [Theory]
    [InlineData("low", null, 1024, 5120)]
    [InlineData("high", null, 16384, 20480)]
    [InlineData("medium", 10000, 4096, 10000)]
    [InlineData("high", 2000, 1500, 2000)]
    [InlineData("low", 500, 1024, 1524)]
    public void S4_5_Claude_thinks_within_a_budget_below_its_maximum_and_without_sampling(string effort, int? maxTokens, int budget, int maximum)
    {
        var request = Converse.Of(
            Converse.Hello, $"\"reasoning_effort\":\"{effort}\",\"temperature\":0.3,\"top_p\":0.5,\"top_k\":4{(maxTokens is null ? "" : $",\"max_tokens\":{maxTokens}")}", Converse.Claude4);

        request["additionalModelRequestFields"].ShouldBe($$$"""{"thinking":{"type":"enabled","budget_tokens":{{{budget}}}}}""");
        request["inferenceConfig"].ShouldBe($$$"""{"maxTokens":{{{maximum}}}}""");
    }

    [Fact]
    public void S4_5_Claude_does_not_think_on_from_a_call_that_came_without_its_reasoning()
    {
        var request = Converse.Of(
            """[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"4"}]""",
            "\"reasoning_effort\":\"low\"",
            Converse.Claude4,
            out var translation);

        request.ContainsKey("additionalModelRequestFields").ShouldBeFalse();
        translation.Warnings.ShouldHaveSingleItem().ShouldContain("thinking_blocks");
    }

    [Fact]
    public void S4_5_Nova_and_gpt_oss_are_told_in_their_own_words_and_others_not_at_all()
    {
        const string Low = "\"reasoning_effort\":\"low\",\"max_tokens\":50";

        Converse.Of(Converse.Hello, Low, Converse.Nova2)["additionalModelRequestFields"].ShouldBe("""{"reasoningConfig":{"type":"enabled","maxReasoningEffort":"low"}}""");
        Converse.Of(Converse.Hello, "\"reasoning_effort\":\"high\",\"max_tokens\":50", Converse.Nova2).ContainsKey("inferenceConfig").ShouldBeFalse();
        Converse.Of(Converse.Hello, Low, Converse.GptOss)["additionalModelRequestFields"].ShouldBe("""{"reasoning_effort":"low"}""");
        Converse.Of(Converse.Hello, Low, Converse.Claude3).ContainsKey("additionalModelRequestFields").ShouldBeFalse();
    }

    [Fact]
    public void S4_6_Top_k_and_unknown_fields_are_the_models_own()
    {
        Converse.Of(Converse.Hello, "\"top_k\":4,\"guidance\":{\"a\":[1]}", Converse.Claude3)["additionalModelRequestFields"].ShouldBe("""{"top_k":4,"guidance":{"a":[1]}}""");
        Converse.Of(Converse.Hello, "\"top_k\":4", Converse.Nova)["additionalModelRequestFields"].ShouldBe("""{"inferenceConfig":{"topK":4}}""");
    }

    [Fact]
    public void S4_6_Thinking_that_the_caller_asks_for_itself_goes_on_as_it_is()
    {
        var request = Converse.Of(Converse.Hello, "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000},\"max_tokens\":4000,\"temperature\":0.2", Converse.Claude4);

        request["additionalModelRequestFields"].ShouldBe("""{"thinking":{"type":"enabled","budget_tokens":2000}}""");
        request["inferenceConfig"].ShouldBe("""{"maxTokens":4000}""");
    }

    [Theory]
    [InlineData("arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0")]
    [InlineData("us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0")]
    public void A_models_quirks_are_found_by_its_id_its_profile_and_its_ARN(string model) =>
        Converse.Of(Converse.Hello, $"\"response_format\":{City}", model).ContainsKey("outputConfig").ShouldBeTrue();
}
