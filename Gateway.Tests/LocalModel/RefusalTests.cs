using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.LocalModel;

public sealed class RefusalTests(ModelServer server) : IClassFixture<ModelServer>
{
    [Theory]
    [InlineData("""{"model":null}""", "model")]
    [InlineData("""{"messages":null}""", "messages")]
    [InlineData("""{"messages":[]}""", "messages")]
    [InlineData("""{"messages":{}}""", "messages")]
    [InlineData("""{"messages":[1]}""", "messages[0]")]
    [InlineData("""{"messages":[{"role":"user"}]}""", "messages[0].content")]
    [InlineData("""{"messages":[{"role":"user","content":5}]}""", "messages[0].content")]
    [InlineData("""{"messages":[{"role":"king","content":"x"}]}""", "messages[0].role")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text"}]}]}""", "messages[0].content[0].text")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"video"}]}]}""", "messages[0].content[0].type")]
    [InlineData("""{"messages":[{"role":"tool","content":"x"}]}""", "messages[0].tool_call_id")]
    [InlineData("""{"messages":[{"role":"assistant","tool_calls":[{"id":"c"}]}]}""", "messages[0].tool_calls[0].function")]
    [InlineData("""{"temperature":2.5}""", "temperature")]
    [InlineData("""{"temperature":"hot"}""", "temperature")]
    [InlineData("""{"top_p":0}""", "top_p")]
    [InlineData("""{"presence_penalty":-3}""", "presence_penalty")]
    [InlineData("""{"max_tokens":0}""", "max_tokens")]
    [InlineData("""{"max_completion_tokens":1.5}""", "max_completion_tokens")]
    [InlineData("""{"n":0}""", "n")]
    [InlineData("""{"stop":["a","b","c","d","e"]}""", "stop")]
    [InlineData("""{"stop":[1]}""", "stop")]
    [InlineData("""{"stream":"yes"}""", "stream")]
    [InlineData("""{"stream_options":{"include_usage":true}}""", "stream_options")]
    [InlineData("""{"top_logprobs":3}""", "top_logprobs")]
    [InlineData("""{"logprobs":true,"top_logprobs":21}""", "top_logprobs")]
    [InlineData("""{"logit_bias":{"5":101}}""", "logit_bias.5")]
    [InlineData("""{"tools":[{"type":"function","function":{"name":"not a name"}}]}""", "tools[0].function.name")]
    [InlineData("""{"tools":[{"type":"function"}]}""", "tools[0].function")]
    [InlineData("""{"tool_choice":"required"}""", "tool_choice")]
    [InlineData("""{"tools":[{"type":"function","function":{"name":"a"}}],"tool_choice":{"type":"function","function":{"name":"b"}}}""", "tool_choice")]
    [InlineData("""{"response_format":{"type":"xml"}}""", "response_format.type")]
    [InlineData("""{"response_format":{"type":"json_schema"}}""", "response_format.json_schema")]
    [InlineData("""{"response_format":{"type":"json_schema","json_schema":{"schema":{}}}}""", "response_format.json_schema.name")]
    public async Task Bad_input_is_a_400_that_names_the_parameter(string change, string param)
    {
        var body = ModelServer.Chat("x");
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        var (status, error) = await server.RefusedAsync("/v1/chat/completions", body);
        status.ShouldBe(400);
        error["type"]!.GetValue<string>().ShouldBe("invalid_request_error");
        error["param"]?.GetValue<string>().ShouldBe(param, error.ToJsonString());
        error["message"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"model":"\ud800"}""")]
    public async Task What_is_no_JSON_object_is_a_400(string body)
    {
        using var response = await server.Client.PostAsync("/v1/chat/completions", new StringContent(body), TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldStartWith("{\"error\":{\"message\":\"The body ");
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_and_depths_without_end_are_a_400()
    {
        byte[][] bodies = [[.. "{\"model\":\""u8, 0xC3, 0x28, .. "\"}"u8], Encoding.UTF8.GetBytes(new string('[', 100_000))];
        foreach (var body in bodies)
        {
            using var response = await server.Client.PostAsync("/v1/chat/completions", new ByteArrayContent(body), TestContext.Current.CancellationToken);
            ((int)response.StatusCode).ShouldBe(400);
        }
    }

    [Fact]
    public async Task An_unknown_model_and_an_unknown_url_are_a_404()
    {
        var (status, error) = await server.RefusedAsync("/v1/chat/completions", ModelServer.Chat("x", new { model = "nope" }));
        status.ShouldBe(404);
        error.ToJsonString().ShouldBe("""{"message":"The model \u0060nope\u0060 does not exist.","type":"invalid_request_error","param":"model","code":"model_not_found"}""");

        (status, error) = await server.RefusedAsync("/v1/images/generations", []);
        status.ShouldBe(404);
        error["code"]!.GetValue<string>().ShouldBe("unknown_url");
    }

    [Fact]
    public async Task A_prompt_that_does_not_fit_the_context_says_how_long_it_is()
    {
        var (status, error) = await server.RefusedAsync("/v1/chat/completions", ModelServer.Chat(string.Concat(Enumerable.Repeat("go ", 5000))));
        status.ShouldBe(400);
        error["code"]!.GetValue<string>().ShouldBe("context_length_exceeded");
        error["message"]!.GetValue<string>().ShouldStartWith("This model's maximum context length is 4096 tokens. However, your messages resulted in 500");

        (_, error) = await server.RefusedAsync("/v1/chat/completions", ModelServer.Chat("go", new { max_tokens = 5000 }));
        error["message"]!.GetValue<string>().ShouldContain("(5 in the messages, 5000 in the completion)");
    }

    [Fact]
    public async Task A_model_is_refused_what_it_is_not_for()
    {
        var (status, error) = await server.RefusedAsync("/v1/chat/completions", ModelServer.Chat("x", new { model = ModelServer.EmbeddingModel }));
        status.ShouldBe(400);
        error["param"]!.GetValue<string>().ShouldBe("model");
    }
}
