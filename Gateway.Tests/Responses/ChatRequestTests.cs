using System.Text;
using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Api.Responses.Requests;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Responses;

/// <summary>What a request to create a response is as a chat request: the exact JSON, or why there is none.</summary>
[Trait("Requirement", "G1.5")]
public sealed class ChatRequestTests
{
    [Theory]
    [InlineData("\"input\":\"Hi\"", """[{"role":"user","content":"Hi"}]""")]
    [InlineData("\"instructions\":\"Be \\u00e9\",\"input\":\"Hi\"", """[{"role":"system","content":"Be \u00e9"},{"role":"user","content":"Hi"}]""")]
    [InlineData("\"input\":[{\"role\":\"developer\",\"content\":\"d\"},{\"type\":\"message\",\"id\":\"x\",\"status\":\"completed\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"one\"}]}]",
        """[{"role":"developer","content":"d"},{"role":"user","content":"one"}]""")]
    [InlineData("\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"what\"},{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,AA==\",\"detail\":\"low\"},{\"type\":\"input_image\",\"image_url\":\"https://x/y.png\"}]}]",
        """[{"role":"user","content":[{"type":"text","text":"what"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA==","detail":"low"}},{"type":"image_url","image_url":{"url":"https://x/y.png"}}]}]""")]
    [InlineData("\"input\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\",\"annotations\":[]},{\"type\":\"refusal\",\"refusal\":\"no\"}]},{\"role\":\"user\",\"content\":\"b\"}]",
        """[{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"refusal","refusal":"no"}]},{"role":"user","content":"b"}]""")]
    public async Task Messages_are_messages(string fields, string messages) => (await ChatOf(fields)).ShouldBe($$"""{"model":"m","messages":{{messages}}}""");

    [Fact]
    public async Task What_an_assistant_said_and_called_is_one_message_and_the_results_follow() =>
        (await ChatOf("""
            "input":[{"role":"user","content":"q"},{"type":"function_call","id":"fc_1","call_id":"c1","name":"f","arguments":"{}","status":"completed"},
            {"role":"assistant","content":"wait"},{"type":"function_call","call_id":"c2","name":"g","arguments":"{\"a\":1}"},
            {"type":"function_call_output","call_id":"c1","output":"one"},{"type":"function_call_output","call_id":"c2","output":[{"type":"input_text","text":"two"},{"type":"input_image","image_url":"https://x"}]}]
            """)).ShouldBe(
            """{"model":"m","messages":[{"role":"user","content":"q"},{"role":"assistant","content":"wait","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"c2","type":"function","function":{"name":"g","arguments":"{\"a\":1}"}}]},{"role":"tool","tool_call_id":"c1","content":"one"},{"role":"tool","tool_call_id":"c2","content":[{"type":"text","text":"two"},{"type":"image_url","image_url":{"url":"https://x"}}]}]}""");

    [Fact]
    public async Task Two_messages_of_an_assistant_stay_two() =>
        (await ChatOf("""
            "input":[{"role":"assistant","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}]
            """)).ShouldBe("""{"model":"m","messages":[{"role":"assistant","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}]}""");

    [Fact]
    public async Task Sealed_reasoning_goes_with_the_call_that_it_led_to_and_is_an_extension()
    {
        var sealedBlocks = ReasoningItem.Seal("""[{"type":"thinking","thinking":"hm","signature":"s"}]"""u8);

        var (chat, extensions, warnings) = await TranslateAsync($$"""
            "input":[{"role":"user","content":"q"},{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"{{sealedBlocks}}"},
            {"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c1","output":"one"}]
            """);

        const string Blocks = ""","thinking_blocks":[{"type":"thinking","thinking":"hm","signature":"s"}]""";
        chat.ShouldBe("""{"model":"m","messages":[{"role":"user","content":"q"},{"role":"assistant","content":null""" + Blocks
            + ""","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"one"}]}""");
        chat[extensions.Cuts.ShouldHaveSingleItem()].ShouldBe(Blocks);
        warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"max_output_tokens\":9,\"temperature\":0.5,\"top_p\":0.9,\"user\":\"u\",\"safety_identifier\":\"s\",\"prompt_cache_key\":\"k\",\"service_tier\":\"flex\",\"stream\":true",
        "\"stream\":true,\"max_completion_tokens\":9,\"temperature\":0.5,\"top_p\":0.9,\"user\":\"u\",\"safety_identifier\":\"s\",\"prompt_cache_key\":\"k\",\"service_tier\":\"flex\"")]
    [InlineData("\"reasoning\":{\"effort\":\"low\",\"summary\":null},\"text\":{\"verbosity\":\"high\",\"format\":{\"type\":\"text\"}}", "\"reasoning_effort\":\"low\",\"verbosity\":\"high\"")]
    [InlineData("\"text\":{\"format\":{\"type\":\"json_object\"}}", "\"response_format\":{\"type\":\"json_object\"}")]
    [InlineData("\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"strict\":true,\"schema\":{\"type\":\"object\"}}}", "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"object\"},\"strict\":true}}")]
    [InlineData("\"top_logprobs\":2", "\"logprobs\":true,\"top_logprobs\":2")]
    [InlineData("\"include\":[\"message.output_text.logprobs\",\"reasoning.encrypted_content\"]", "\"logprobs\":true")]
    [InlineData("\"background\":true", "\"stream\":true")]
    [InlineData("\"store\":false,\"metadata\":{\"a\":\"b\"},\"max_tool_calls\":3,\"truncation\":\"disabled\",\"tools\":[],\"tool_choice\":\"auto\",\"parallel_tool_calls\":false,\"previous_response_id\":null", "")]
    public async Task Parameters_are_those_of_chat_and_what_is_for_the_gateway_stays_here(string fields, string expected) =>
        (await ChatOf($"\"input\":\"Hi\",{fields}")).ShouldBe($$"""{"model":"m","messages":[{"role":"user","content":"Hi"}]{{(expected.Length == 0 ? "" : $",{expected}")}}}""");

    [Theory]
    [InlineData("\"auto\"", "F,G", "\"auto\"")]
    [InlineData("\"required\"", "F,G", "\"required\"")]
    [InlineData("{\"type\":\"function\",\"name\":\"f\"}", "F,G", "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}")]
    [InlineData("{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"name\":\"g\"}]}", "G", "\"required\"")]
    public async Task Tools_and_the_choice_among_them(string choice, string given, string chosen)
    {
        const string Tools = """[{"type":"function","name":"f","description":"d","parameters":{"type":"object"},"strict":true},{"type":"function","name":"g"}]""";
        var expected = given
            .Replace("F", """{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}}""", StringComparison.Ordinal)
            .Replace("G", """{"type":"function","function":{"name":"g"}}""", StringComparison.Ordinal);

        (await ChatOf($"\"input\":\"Hi\",\"tools\":{Tools},\"tool_choice\":{choice},\"parallel_tool_calls\":false")).ShouldBe(
            $$"""{"model":"m","messages":[{"role":"user","content":"Hi"}],"tools":[{{expected}}],"tool_choice":{{chosen}},"parallel_tool_calls":false}""");
    }

    [Theory]
    [InlineData("\"input\":\"Hi\",\"truncation\":\"auto\"", "truncation")]
    [InlineData("\"input\":\"Hi\",\"include\":[\"file_search_call.results\"]", "file_search_call.results")]
    [InlineData("\"input\":\"Hi\",\"reasoning\":{\"summary\":\"auto\"}", "reasoning.summary")]
    [InlineData("\"input\":\"Hi\",\"stream_options\":{\"include_obfuscation\":true}", "stream_options.include_obfuscation")]
    [InlineData("\"input\":\"Hi\",\"prompt_cache_options\":{}", "prompt_cache_options")]
    [InlineData("\"input\":[{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"hm\"}]},{\"role\":\"user\",\"content\":\"Hi\"}]", "reasoning")]
    public async Task What_is_not_carried_out_is_named(string fields, string name) =>
        (await TranslateAsync(fields)).Warnings.ShouldHaveSingleItem().ShouldContain(name);

    [Theory]
    [InlineData("\"x\":1,\"input\":\"Hi\"", "x", "unknown_parameter")]
    [InlineData("\"instructions\":\"x\"", "input", "missing_required_parameter")]
    [InlineData("\"input\":7", "input", "invalid_type")]
    [InlineData("\"input\":[]", "input", null)]
    [InlineData("\"input\":[7]", "input[0]", "invalid_type")]
    [InlineData("\"input\":[{\"role\":\"tool\",\"content\":\"x\"}]", "input[0].role", "invalid_value")]
    [InlineData("\"input\":[{\"role\":\"user\"}]", "input[0].content", "missing_required_parameter")]
    [InlineData("\"input\":[{\"role\":\"user\",\"content\":7}]", "input[0].content", "invalid_type")]
    [InlineData("\"input\":[{\"type\":\"computer_call\"}]", "input[0].type", "unsupported_item")]
    [InlineData("\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_id\":\"f\"},{\"type\":\"input_text\",\"text\":\"x\"}]}]", "input[0].content[0].type", "unsupported_content")]
    [InlineData("\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"file_id\":\"f\"}]}]", "input[0].content[0].file_id", "unsupported_content")]
    [InlineData("\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\"}]}]", "input[0].content[0].image_url", "missing_required_parameter")]
    [InlineData("\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\"}]}]", "input[0].content[0].type", "invalid_value")]
    [InlineData("\"input\":[{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\"}]", "input[0].arguments", "missing_required_parameter")]
    [InlineData("\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c\"}]", "input[0].output", "missing_required_parameter")]
    [InlineData("\"input\":\"Hi\",\"tools\":[{\"type\":\"web_search\"}]", "tools[0].type", "unsupported_tool")]
    [InlineData("\"input\":\"Hi\",\"tools\":[{\"type\":\"file_search\",\"vector_store_ids\":[]}]", "tools[0].type", "unsupported_tool")]
    [InlineData("\"input\":\"Hi\",\"tools\":[{\"type\":\"function\"}]", "tools[0].name", "missing_required_parameter")]
    [InlineData("\"input\":\"Hi\",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":\"x\"}]", "tools[0].parameters", "invalid_type")]
    [InlineData("\"input\":\"Hi\",\"tool_choice\":\"required\"", "tool_choice", null)]
    [InlineData("\"input\":\"Hi\",\"tool_choice\":\"some\"", "tool_choice", "invalid_value")]
    [InlineData("\"input\":\"Hi\",\"tool_choice\":{\"type\":\"file_search\"}", "tool_choice.type", "unsupported_tool")]
    [InlineData("\"input\":\"Hi\",\"tool_choice\":{\"type\":\"function\",\"name\":\"f\"}", "tool_choice.name", null)]
    [InlineData("\"input\":\"Hi\",\"tool_choice\":{\"type\":\"function\"}", "tool_choice.name", null)]
    [InlineData("\"input\":\"Hi\",\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"auto\",\"tools\":[{\"type\":\"file_search\"}]}", "tool_choice.tools", null)]
    [InlineData("\"input\":\"Hi\",\"conversation\":\"conv_1\"", "conversation", "unsupported_parameter")]
    [InlineData("\"input\":\"Hi\",\"prompt\":{\"id\":\"p\"}", "prompt", "unsupported_parameter")]
    [InlineData("\"input\":\"Hi\",\"max_output_tokens\":0", "max_output_tokens", null)]
    [InlineData("\"input\":\"Hi\",\"max_output_tokens\":1.5", "max_output_tokens", null)]
    [InlineData("\"input\":\"Hi\",\"top_logprobs\":21", "top_logprobs", null)]
    [InlineData("\"input\":\"Hi\",\"temperature\":\"hot\"", "temperature", "invalid_type")]
    [InlineData("\"input\":\"Hi\",\"store\":\"yes\"", "store", "invalid_type")]
    [InlineData("\"input\":\"Hi\",\"store\":false,\"background\":true", "store", null)]
    [InlineData("\"input\":\"Hi\",\"stream\":true,\"background\":true", "stream", "unsupported_parameter")]
    [InlineData("\"input\":\"Hi\",\"include\":[\"x\"]", "include", "invalid_value")]
    [InlineData("\"input\":\"Hi\",\"metadata\":{\"a\":1}", "metadata.a", "invalid_type")]
    [InlineData("\"input\":\"Hi\",\"reasoning\":{\"depth\":1}", "reasoning.depth", "unknown_parameter")]
    [InlineData("\"input\":\"Hi\",\"text\":{\"format\":{\"type\":\"xml\"}}", "text.format.type", "invalid_value")]
    [InlineData("\"input\":\"Hi\",\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\"}}", "text.format.schema", "missing_required_parameter")]
    [InlineData("\"input\":\"Hi\",\"truncation\":\"some\"", "truncation", "invalid_value")]
    public async Task What_is_wrong_or_cannot_be_carried_out_is_refused_by_name(string fields, string param, string? code)
    {
        var refusal = await RefusalOf(fields);

        (refusal.Status, refusal.Param, refusal.Code).ShouldBe((400, param, code));
    }

    [Theory]
    [InlineData(17, 1, 1, "metadata")]
    [InlineData(1, 65, 1, "metadata")]
    [InlineData(1, 1, 513, "metadata.")]
    public async Task Metadata_has_its_bounds(int pairs, int keyLength, int valueLength, string param)
    {
        var metadata = JsonSerializer.Serialize(Enumerable.Range(0, pairs).ToDictionary(index => $"{index}".PadLeft(keyLength, 'k'), _ => new string('v', valueLength)));

        (await RefusalOf($"\"input\":\"Hi\",\"metadata\":{metadata}")).Param.ShouldStartWith(param);
    }

    [Fact]
    public async Task A_field_that_comes_twice_is_refused_not_guessed() =>
        (await RefusalOf("\"input\":\"Hi\",\"input\":\"Ho\"")).Message.ShouldContain("input");

    private static async Task<string> ChatOf(string fields) => (await TranslateAsync(fields)).Chat;

    private static async Task<(string Chat, ChatExtensions Extensions, IReadOnlyList<string> Warnings)> TranslateAsync(string fields)
    {
        var (refusal, chat, extensions, warnings) = await TryTranslateAsync(fields);
        refusal.ShouldBeNull();
        return (chat, extensions, warnings);
    }

    private static async Task<Refusal> RefusalOf(string fields) => (await TryTranslateAsync(fields)).Refusal.ShouldNotBeNull();

    private static async Task<(Refusal? Refusal, string Chat, ChatExtensions Extensions, IReadOnlyList<string> Warnings)> TryTranslateAsync(string fields)
    {
        using var source = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"model":"m",{{fields}}}"""));
        using var body = (await PooledBody.ReadAsync(source, declaredLength: null, int.MaxValue, TestContext.Current.CancellationToken))!;
        var extensions = new ChatExtensions();
        if (ResponseRequest.Read(body, out var request) is { } refusal)
        {
            request?.Dispose();
            return (refusal, "", extensions, []);
        }

        using (request)
        {
            using var chat = new PooledBodyWriter();
            new ChatRequest(request!, new Context()).Write(chat, extensions);
            return (request!.Findings.Refusal, Encoding.UTF8.GetString(chat.Written.Span), extensions, request.Findings.Warnings);
        }
    }
}
