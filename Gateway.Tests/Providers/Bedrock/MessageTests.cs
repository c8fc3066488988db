using Shouldly;
using Xunit;

namespace Gateway.Tests.Providers.Bedrock;

/// <summary>bedrock.md, section 2.</summary>
[Trait("Requirement", "B1.2")]
[Trait("Requirement", "B4.3")]
[Trait("Requirement", "B6.3")]
public sealed class MessageTests
{
    [Fact]
    public void S2_1_System_and_developer_messages_at_any_position_become_system()
    {
        var request = Converse.Of("""
            [{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},{"role":"developer","content":[{"type":"text","text":"Be kind."},{"type":"text","text":" "}]},
             {"role":"system","content":"\n"}]
            """);

        request["system"].ShouldBe("""[{"text":"Be brief."},{"text":"Be kind."}]""");
        request["messages"].ShouldBe("""[{"role":"user","content":[{"text":"Hi"}]}]""");
    }

    [Fact]
    public void S2_2_All_neighbours_of_one_role_are_one_message()
    {
        Converse.MessagesOf("""
            [{"role":"user","content":"a"},{"role":"system","content":"x"},{"role":"user","content":"b"},{"role":"assistant","content":"c"},{"role":"assistant","content":"d"},{"role":"user","content":"e"}]
            """).ShouldBe("""[{"role":"user","content":[{"text":"a"},{"text":"b"}]},{"role":"assistant","content":[{"text":"c"},{"text":"d"}]},{"role":"user","content":[{"text":"e"}]}]""");
    }

    [Theory]
    [InlineData("""[{"role":"assistant","content":"Welcome!"},{"role":"user","content":"Hi"}]""", "user,assistant,user")]
    [InlineData("""[{"role":"system","content":"Say hello."}]""", "user")]
    public void S2_2_The_first_message_is_the_users(string messages, string roles)
    {
        var request = Converse.Of(messages, null, Converse.Unknown, out var translation);

        string.Join(',', request["messages"]!.AsArray().Select(message => (string)message!["role"]!)).ShouldBe(roles);
        translation.Warnings.ShouldHaveSingleItem().ShouldContain("first user message");
    }

    [Fact]
    public void S2_2_A_prefill_is_sent_where_the_model_takes_it_and_refused_where_not()
    {
        const string Prefill = """[{"role":"user","content":"Hi"},{"role":"assistant","content":"{"}]""";

        Converse.MessagesOf(Prefill, model: Converse.Claude45).AsArray().Count.ShouldBe(2);
        Converse.RefusalOf(Prefill, model: Converse.Claude46).ShouldSatisfyAllConditions(refusal => refusal.Status.ShouldBe(400), refusal => refusal.Param.ShouldBe("messages"));
    }

    [Fact]
    public void S2_3_Blank_text_and_what_it_leaves_empty_is_dropped()
    {
        Converse.MessagesOf("""
            [{"role":"user","content":"a"},{"role":"assistant","content":"\u00a0 \t"},{"role":"user","content":[{"type":"text","text":""},{"type":"text","text":"b"}]},{"role":"assistant","content":""}]
            """).ShouldBe("""[{"role":"user","content":[{"text":"a"},{"text":"b"}]}]""");
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""[{"type":"text","text":" "}]""")]
    public void S2_3_An_empty_tool_result_stays_with_an_empty_content(string content)
    {
        var messages = Converse.MessagesOf($$$"""
            [{"role":"user","content":"Hi"},{"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"c1","content":{{{content}}}}]
            """);

        messages[2].ShouldBe("""{"role":"user","content":[{"toolResult":{"toolUseId":"c1","content":[]}}]}""");
    }

    [Fact]
    public void S2_4_An_assistants_turn_has_reasoning_first_then_text_then_every_call()
    {
        var messages = Converse.MessagesOf("""
            [{"role":"user","content":"Hi"},
             {"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":[1, 2]}"}},{"id":"c2","type":"function","function":{"name":"g","arguments":""}}],
              "content":"I look.","thinking_blocks":[{"type":"thinking","thinking":"Hm.","signature":"c2ln"},{"type":"redacted_thinking","data":"eHg="}]},
             {"role":"tool","tool_call_id":"c1","content":"1"},{"role":"tool","tool_call_id":"c2","content":"2"}]
            """);

        messages[1].ShouldBe("""
            {"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"c2ln"}}},{"reasoningContent":{"redactedContent":"eHg="}},{"text":"I look."},
             {"toolUse":{"toolUseId":"c1","name":"f","input":{"a":[1,2]}}},{"toolUse":{"toolUseId":"c2","name":"g","input":{}}}]}
            """);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("{\\\"a\\\":")]
    [InlineData("nonsense")]
    public void S2_4_Arguments_that_are_no_object_are_refused_and_the_call_is_named(string arguments)
    {
        var refusal = Converse.RefusalOf($$$"""
            [{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[{"id":"call_7","type":"function","function":{"name":"add","arguments":"{{{arguments}}}"}}]},{"role":"tool","tool_call_id":"call_7","content":"4"}]
            """);

        (refusal.Status, refusal.Param).ShouldBe((400, "messages[1].tool_calls[0].function.arguments"));
        refusal.Message.ShouldContain("call_7");
    }

    [Fact]
    public void S2_5_All_tool_results_of_one_turn_are_one_user_message()
    {
        var messages = Converse.MessagesOf("""
            [{"role":"user","content":"Hi"},
             {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"c2","type":"function","function":{"name":"f","arguments":"{}"}}]},
             {"role":"user","content":"Quick!"},{"role":"tool","tool_call_id":"c1","content":"one"},{"role":"tool","tool_call_id":"c2","content":[{"type":"text","text":"two"}]}]
            """);

        messages[2].ShouldBe("""
            {"role":"user","content":[{"toolResult":{"toolUseId":"c1","content":[{"text":"one"}]}},{"toolResult":{"toolUseId":"c2","content":[{"text":"two"}]}},{"text":"Quick!"}]}
            """);
    }

    [Theory]
    [InlineData("data:image/png;base64,iVBORw0KGgo=", "png")]
    [InlineData("data:image/jpeg;base64,iVBORw0KGgo=", "jpeg")]
    [InlineData("data:image/jpg;base64,iVBORw0KGgo=", "jpeg")]
    [InlineData("data:image/gif;base64,iVBORw0KGgo=", "gif")]
    [InlineData("data:image/webp;base64,iVBORw0KGgo=", "webp")]
    public void S2_6_A_data_uri_becomes_an_image(string uri, string format)
    {
        Converse.MessagesOf($$$"""[{"role":"user","content":[{"type":"text","text":"What?"},{"type":"image_url","image_url":{"url":"{{{uri}}}"}}]}]""")
            .ShouldBe($$$"""[{"role":"user","content":[{"text":"What?"},{"image":{"format":"{{{format}}}","source":{"bytes":"iVBORw0KGgo="}} }]}]""");
    }

    [Theory]
    [InlineData("https://example.com/cat.png")]
    [InlineData("data:image/svg+xml;base64,iVBORw0KGgo=")]
    [InlineData("data:image/png;base64,%%%")]
    [InlineData("data:image/png,abc")]
    [InlineData("cat.png")]
    public void S2_6_What_is_no_such_image_is_refused(string url)
    {
        var refusal = Converse.RefusalOf($$$"""[{"role":"user","content":[{"type":"image_url","image_url":{"url":"{{{url}}}"}}]}]""");

        (refusal.Status, refusal.Param).ShouldBe((400, "messages[0].content[0].image_url"));
    }

    [Fact]
    public void S2_7_Cache_control_becomes_a_cache_point_after_its_block()
    {
        const string Messages = """
            [{"role":"system","content":[{"type":"text","text":"Long.","cache_control":{"type":"ephemeral","ttl":"1h"}}]},
             {"role":"user","content":[{"type":"text","text":"Hi","cache_control":{"type":"ephemeral"}},{"type":"text","text":"there"}]}]
            """;

        var request = Converse.Of(Messages, model: Converse.Claude45);

        request["system"].ShouldBe("""[{"text":"Long."},{"cachePoint":{"type":"default","ttl":"1h"}}]""");
        request["messages"].ShouldBe("""[{"role":"user","content":[{"text":"Hi"},{"cachePoint":{"type":"default"}},{"text":"there"}]}]""");
        Converse.Of(Messages, model: Converse.Nova)["system"]!.AsArray().Count.ShouldBe(2);
        Converse.Of(Messages, model: Converse.Llama)["system"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public void S2_7_There_are_at_most_four_cache_points()
    {
        var parts = string.Join(',', Enumerable.Range(0, 6).Select(i => $$$"""{"type":"text","text":"{{{i}}}","cache_control":{"type":"ephemeral"}}"""));

        var content = Converse.MessagesOf($$$"""[{"role":"user","content":[{{{parts}}}]}]""", model: Converse.Claude45)[0]!["content"]!.AsArray();

        content.Count(block => block!["cachePoint"] is not null).ShouldBe(4);
    }

    [Theory]
    [InlineData("""[{"role":"function","name":"f","content":"x"}]""", "messages[0].role")]
    [InlineData("""[{"role":"user","content":[{"type":"input_audio","input_audio":{}}]}]""", "messages[0].content[0]")]
    [InlineData("""[{"role":"user","content":7}]""", "messages[0].content")]
    [InlineData("""[{"role":"tool","content":"x"}]""", "messages[0].tool_call_id")]
    [InlineData("""[{"role":"assistant","tool_calls":[{"id":"a"}]}]""", "messages[0].tool_calls[0]")]
    public void A_message_that_cannot_be_told_is_refused_where_it_stands(string messages, string param) => Converse.RefusalOf(messages).Param.ShouldBe(param);
}
