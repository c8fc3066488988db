using Gateway.Tests.Providers.Bedrock;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Messages;

[Trait("Requirement", "G1.5")]
public sealed class MessagesRequestTests
{
    [Fact]
    public void The_fields_have_their_counterparts()
    {
        var translated = Translated.Of(fields: """
            "stream":true,"system":"Be brief.","stop_sequences":["END"],"temperature":0.5,"top_p":0.9,"metadata":{"user_id":"u1"},"service_tier":"standard_only","top_k":null
            """);

        translated.Chat.ShouldBe("""
            {"model":"m","stream":true,"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"}],"max_completion_tokens":100,"stop":["END"],
             "temperature":0.5,"top_p":0.9,"user":"u1","service_tier":"default"}
            """);
        translated.Warnings.ShouldBeEmpty();
        translated.OpenAIWarnings.ShouldBeEmpty();
    }

    [Fact]
    public void What_goes_beyond_OpenAIs_form_is_cut_for_servers_that_speak_it()
    {
        var translated = Translated.Of(
            """
            [{"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"b"}]},
             {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"s1"},{"type":"redacted_thinking","data":"eHg="},{"type":"text","text":"c"},
               {"type":"tool_use","id":"t1","name":"add","input":{"a":"é\u00e9\"","b":[1.0]}}]},
             {"role":"user","content":[{"type":"text","text":"so?","cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"tool_result","tool_use_id":"t1","content":"4","is_error":true,"cache_control":{"type":"ephemeral"}}]}]
            """,
            """
            "system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],"top_k":5,"thinking":{"type":"enabled","budget_tokens":3000},
            "tools":[{"name":"add","description":"Adds.","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral"}},{"type":"custom","name":"now","input_schema":{"type":"object"},"strict":true}]
            """);

        const string Call = """{"id":"t1","type":"function","function":{"name":"add","arguments":"{\"a\":\"é\\u00e9\\\"\",\"b\":[1.0]}"}}""";
        translated.Chat.ShouldBe($$$$"""
            {"model":"m","messages":[
              {"role":"system","content":"Be brief.","cache_control":{"type":"ephemeral"}},
              {"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"b"}]},
              {"role":"assistant","content":"c","tool_calls":[{{{{Call}}}}],
               "thinking_blocks":[{"type":"thinking","thinking":"hm","signature":"s1"},{"type":"redacted_thinking","data":"eHg="}]},
              {"role":"tool","tool_call_id":"t1","content":"4","is_error":true,"cache_control":{"type":"ephemeral"}},
              {"role":"user","content":"so?","cache_control":{"type":"ephemeral","ttl":"1h"}}],
             "max_completion_tokens":100,"top_k":5,
             "tools":[{"type":"function","function":{"name":"add","description":"Adds.","parameters":{"type":"object"}},"cache_control":{"type":"ephemeral"}},
                      {"type":"function","function":{"name":"now","parameters":{"type":"object"},"strict":true}}],
             "reasoning_effort":"medium","thinking":{"type":"enabled","budget_tokens":3000}}
            """);
        translated.OpenAI.ShouldBe($$$$"""
            {"model":"m","messages":[
              {"role":"system","content":"Be brief."},
              {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},
              {"role":"assistant","content":"c","tool_calls":[{{{{Call}}}}]},
              {"role":"tool","tool_call_id":"t1","content":"4"},
              {"role":"user","content":"so?"}],
             "max_completion_tokens":100,
             "tools":[{"type":"function","function":{"name":"add","description":"Adds.","parameters":{"type":"object"}}},
                      {"type":"function","function":{"name":"now","parameters":{"type":"object"},"strict":true}}],
             "reasoning_effort":"medium"}
            """);
        translated.Warnings.ShouldBeEmpty();
        translated.OpenAIWarnings.ShouldBe(
        [
            "cache_control was ignored", "thinking of earlier turns was ignored", "is_error of a tool_result was ignored", "top_k was ignored",
            "thinking.budget_tokens was not kept to: reasoning_effort stood for it",
        ]);
    }

    [Fact]
    public void Instructions_may_stand_among_the_messages() =>
        Translated.Of("""[{"role":"user","content":"a"},{"role":"system","content":[{"type":"text","text":"Be brief."}]}]""")
            .MessagesShouldBe("""[{"role":"user","content":"a"},{"role":"system","content":"Be brief."}]""");

    [Fact]
    public void Pictures_and_documents_are_parts()
    {
        Translated.Of("""
            [{"role":"user","content":[
              {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA=="}},{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"\/w=="}},
              {"type":"image","source":{"type":"url","url":"https://example.com/a.png"}},
              {"type":"document","title":"T","context":"C","source":{"type":"text","media_type":"text/plain","data":"words"}},
              {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AA=="}}]}]
            """).MessagesShouldBe("""
            [{"role":"user","content":[
              {"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}},{"type":"image_url","image_url":{"url":"data:image/gif;base64,/w=="}},
              {"type":"image_url","image_url":{"url":"https://example.com/a.png"}},
              {"type":"text","text":"T\nC"},{"type":"text","text":"words"},
              {"type":"file","file":{"filename":"document.pdf","file_data":"data:application/pdf;base64,AA=="}}]}]
            """);
    }

    [Fact]
    public void Results_of_tools_come_before_what_the_user_says_and_may_be_blocks_or_nothing() =>
        Translated.Of("""
            [{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"add","input":{}},{"type":"tool_use","id":"t2","name":"add","input":{}}]},
             {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1"},{"type":"text","text":"so?"},
               {"type":"tool_result","tool_use_id":"t2","content":[{"type":"text","text":"4"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA=="}}]}]}]
            """).MessagesShouldBe("""
            [{"role":"assistant","content":null,"tool_calls":[{"id":"t1","type":"function","function":{"name":"add","arguments":"{}"}},{"id":"t2","type":"function","function":{"name":"add","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"t1","content":""},
             {"role":"tool","tool_call_id":"t2","content":[{"type":"text","text":"4"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]},
             {"role":"user","content":"so?"}]
            """);

    [Theory]
    [InlineData("""{"type":"auto"}""", "\"tool_choice\":\"auto\"")]
    [InlineData("""{"type":"any"}""", "\"tool_choice\":\"required\"")]
    [InlineData("""{"type":"none"}""", "\"tool_choice\":\"none\"")]
    [InlineData("""{"type":"tool","name":"add"}""", "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"add\"}}")]
    [InlineData("""{"type":"auto","disable_parallel_tool_use":true}""", "\"tool_choice\":\"auto\",\"parallel_tool_calls\":false")]
    public void The_choice_of_a_tool_is_told(string choice, string expected)
    {
        const string Tools = "\"tools\":[{\"name\":\"add\",\"input_schema\":{}}]";

        Translated.Of(fields: $"{Tools},\"tool_choice\":{choice}").Chat.ToJsonString().ShouldEndWith($"{expected}}}");
    }

    [Theory]
    [InlineData("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}", "low")]
    [InlineData("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":32000}", "high")]
    [InlineData("\"thinking\":{\"type\":\"adaptive\"}", "medium")]
    [InlineData("\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"max\"}", "high")]
    [InlineData("\"thinking\":{\"type\":\"disabled\"}", null)]
    public void How_much_to_think_comes_as_near_as_an_effort_can(string fields, string? effort) =>
        ((string?)Translated.Of(fields: fields).OpenAI["reasoning_effort"]).ShouldBe(effort);

    [Fact]
    public void A_form_of_the_answer_is_a_response_format() =>
        Translated.Of(fields: "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}}").Chat["response_format"]
            .ShouldBe("""{"type":"json_schema","json_schema":{"name":"answer","strict":true,"schema":{"type":"object"}}}""");

    [Theory]
    [InlineData(Translated.Hello, "\"cache_control\":{\"type\":\"ephemeral\"},\"speed\":\"fast\"", "cache_control was ignored|speed was ignored")]
    [InlineData(Translated.Hello, "\"output_config\":{\"effort\":\"low\"}", "output_config.effort was ignored: thinking is not on")]
    [InlineData("""[{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":""},{"type":"text","text":"b","citations":[]}]},{"role":"user","content":"c"}]""", null, "thinking without a signature was ignored|citations was ignored")]
    public void What_does_no_harm_unheeded_is_named(string messages, string? fields, string warnings)
    {
        var translated = Translated.Of(messages, fields);

        translated.Warnings.ShouldBe(warnings.Split('|'));
        translated.OpenAIWarnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_server_that_speaks_OpenAIs_protocol_may_not_go_on_from_an_assistants_words() =>
        Translated.Of("""[{"role":"user","content":"a"},{"role":"assistant","content":"{"}]""").OpenAIWarnings.ShouldHaveSingleItem().ShouldContain("begin anew");

    [Theory]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"}]}""", "max_tokens")]
    [InlineData("""{"model":"m","max_tokens":0,"messages":[{"role":"user","content":"a"}]}""", "max_tokens")]
    [InlineData("""{"model":"m","max_tokens":1.5,"messages":[{"role":"user","content":"a"}]}""", "max_tokens")]
    [InlineData("""{"model":"m","max_tokens":1}""", "messages")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[]}""", "messages")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":"a"}""", "messages")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":["a"]}""", "messages[0]")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"tool","content":"a"}]}""", "messages[0].role")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user"}]}""", "messages[0].content")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":7}]}""", "messages[0].content")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"a","name":"x"}]}""", "messages[0].name")]
    public void A_request_at_fault_is_refused_and_the_field_named(string request, string param) => Translated.RefusalOf(request).Param.ShouldBe(param);

    [Theory]
    [InlineData("\"container\":\"c\"", "container")]
    [InlineData("\"frequency_penalty\":1", "frequency_penalty")]
    [InlineData("\"metadata\":{\"team\":\"x\"}", "metadata.team")]
    [InlineData("\"metadata\":\"x\"", "metadata")]
    [InlineData("\"service_tier\":\"flex\"", "service_tier")]
    [InlineData("\"stop_sequences\":[1]", "stop_sequences")]
    [InlineData("\"system\":[{\"type\":\"image\",\"source\":{}}]", "system[0].type")]
    [InlineData("\"system\":7", "system")]
    [InlineData("\"thinking\":{\"type\":\"enabled\"}", "thinking.budget_tokens")]
    [InlineData("\"thinking\":{\"type\":\"deep\"}", "thinking.type")]
    [InlineData("\"thinking\":true", "thinking")]
    [InlineData("\"output_config\":{\"effort\":\"huge\"}", "output_config.effort")]
    [InlineData("\"output_config\":{\"format\":{\"type\":\"text\"}}", "output_config.format")]
    [InlineData("\"tools\":{}", "tools")]
    [InlineData("\"tools\":[7]", "tools[0]")]
    [InlineData("\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]", "tools[0].type")]
    [InlineData("\"tools\":[{\"name\":\"add\"}]", "tools[0].input_schema")]
    [InlineData("\"tools\":[{\"input_schema\":{}}]", "tools[0].name")]
    [InlineData("\"tool_choice\":{\"type\":\"any\"}", "tool_choice")]
    [InlineData("\"tools\":[{\"name\":\"a\",\"input_schema\":{}}],\"tool_choice\":\"any\"", "tool_choice")]
    [InlineData("\"tools\":[{\"name\":\"a\",\"input_schema\":{}}],\"tool_choice\":{\"type\":\"tool\"}", "tool_choice.type")]
    public void What_cannot_be_honoured_is_refused_and_named(string fields, string param) => Translated.RefusalOf(Translated.Request(fields: fields)).Param.ShouldBe(param);

    [Theory]
    [InlineData("""{"type":"text"}""", "")]
    [InlineData("""{"type":"text","text":"a","color":"red"}""", ".color")]
    [InlineData("""{"type":"search_result"}""", ".type")]
    [InlineData("""{"type":"tool_use","id":"t","name":"n","input":{}}""", ".type")]
    [InlineData("""{"type":"image"}""", "")]
    [InlineData("""{"type":"image","source":{"type":"file","file_id":"f"}}""", ".source")]
    [InlineData("""{"type":"image","source":{"type":"base64","media_type":"image/tiff","data":"AA=="}}""", ".source")]
    [InlineData("""{"type":"document","source":{"type":"url","url":"https://example.com"}}""", ".source")]
    [InlineData("""{"type":"document","citations":{"enabled":true},"source":{"type":"text","data":"a"}}""", ".citations")]
    [InlineData("""{"type":"tool_result"}""", ".tool_use_id")]
    [InlineData("7", ".type")]
    public void A_block_that_cannot_be_carried_is_refused_and_named(string block, string param) =>
        Translated.RefusalOf(Translated.Request($$"""[{"role":"user","content":[{{block}}]}]""")).Param.ShouldBe($"messages[0].content[0]{param}");

    [Theory]
    [InlineData("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA=="}}""", ".type")]
    [InlineData("""{"type":"tool_use","id":"t","name":"n","input":"x"}""", "")]
    [InlineData("""{"type":"server_tool_use","id":"t","name":"web_search","input":{}}""", ".type")]
    public void An_assistants_block_that_cannot_be_carried_is_refused_and_named(string block, string param) =>
        Translated.RefusalOf(Translated.Request($$"""[{"role":"assistant","content":[{{block}}]}]""")).Param.ShouldBe($"messages[0].content[0]{param}");
}
