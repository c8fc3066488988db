using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Clients;
using Gateway.Tests.Hosts.Bedrock;
using ServiceDefaults.Aws;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Providers.Bedrock;

/// <summary>Frames, signatures and requests against AWS's own encoder, signer and model, from npm.</summary>
public sealed class AwsModelTests
{
    private const string Script = "bedrock.mjs";

    [Fact]
    public async Task Frames_of_AWSs_own_encoder_are_read_with_headers_of_every_type()
    {
        var frames = await EncodeAsync(
            ("messageStart", "event", """{"role":"assistant"}"""),
            ("contentBlockDelta", "event", """{"contentBlockIndex":0,"delta":{"text":"Grüß "},"p":"abc"}"""),
            ("contentBlockDelta", "event", """{"p":"","delta":{"text":"\ud83d\ude00\n"},"contentBlockIndex":0}"""),
            ("contentBlockStop", "event", """{"contentBlockIndex":0}"""),
            ("messageStop", "event", """{"stopReason":"end_turn"}"""),
            ("metadata", "event", """{"usage":{"inputTokens":3,"outputTokens":4,"totalTokens":7},"metrics":{"latencyMs":1}}"""));
        await using var gateway = await BedrockGateway.StartAsync(exchange => exchange.StreamAsync(frames));

        var chunks = await gateway.StreamAsync("\"stream_options\":{\"include_usage\":true}");

        string.Concat(chunks.SkipLast(3).Select(chunk => (string?)JsonNode.Parse(chunk)!["choices"]![0]!["delta"]!["content"])).ShouldBe("Grüß 😀\n");
        chunks[^2].ShouldContain("\"prompt_tokens\":3");
        chunks[^1].ShouldBe("[DONE]");
    }

    [Fact]
    public async Task An_exception_of_AWSs_own_encoder_is_never_a_success()
    {
        var frames = await EncodeAsync(("throttlingException", "exception", """{"message":"Slow down."}"""));
        await using var gateway = await BedrockGateway.StartAsync(exchange => exchange.StreamAsync(frames));

        using var response = await gateway.ChatAsync("\"stream\":true");

        ((int)response.StatusCode).ShouldBe(429);
    }

    [Fact]
    public async Task Frames_of_the_loopback_are_those_of_AWSs_own_encoder()
    {
        var input = new JsonObject { ["encode"] = new JsonArray(Message([(":event-type", "messageStop"), (":content-type", "application/json"), (":message-type", "event")], """{"stopReason":"end_turn"}""")) };

        var frames = await NodeScript.RunAsync(Script, input, TestContext.Current.CancellationToken);

        Convert.FromBase64String((string)frames[0]!).ShouldBe(EventFrames.Stop("end_turn"));
    }

    [Theory]
    [InlineData("https://bedrock-runtime.eu-central-1.amazonaws.com/model/eu.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse", null)]
    [InlineData("https://bedrock-runtime.us-east-1.amazonaws.com/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fx/converse-stream", "session/token+=")]
    [InlineData("http://127.0.0.1:8123/model/m/invoke?b=2&a=x%20y", null)]
    public async Task A_signature_is_that_of_AWSs_own_signer(string url, string? sessionToken)
    {
        const string Body = """{"messages":[{"role":"user","content":[{"text":"Grüß Gott"}]}]}""";
        var now = new DateTimeOffset(2026, 11, 21, 9, 8, 7, TimeSpan.Zero);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body)) };
        request.Content.Headers.ContentType = new("application/json");

        AwsSignature.Sign(request, Encoding.UTF8.GetBytes(Body), new AwsCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", sessionToken), "eu-central-1", "bedrock", now);

        var address = new Uri(url);
        var signed = await NodeScript.RunAsync(Script, new JsonObject
        {
            ["sign"] = new JsonObject
            {
                ["url"] = url,
                ["region"] = "eu-central-1",
                ["headers"] = new JsonObject { ["host"] = address.Authority, ["content-type"] = "application/json" },
                ["body"] = Body,
                ["accessKeyId"] = "AKIDEXAMPLE",
                ["secretAccessKey"] = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                ["sessionToken"] = sessionToken,
                ["date"] = now.ToString("O"),
            },
        }, TestContext.Current.CancellationToken);
        request.Headers.GetValues("Authorization").Single().ShouldBe((string)signed["authorization"]!);
    }

    [Fact]
    [Trait("Requirement", "B1.2")]
    [Trait("Requirement", "B4.3")]
    public async Task Requests_fit_the_model_of_AWSs_own_client()
    {
        const string Rich = """
            [{"role":"system","content":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral","ttl":"5m"}}]},
             {"role":"user","content":[{"type":"text","text":"What?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]},
             {"role":"assistant","content":"I look.","thinking_blocks":[{"type":"thinking","thinking":"Hm.","signature":"c2ln"},{"type":"redacted_thinking","data":"eHg="}],
              "tool_calls":[{"id":"c.1","type":"function","function":{"name":"look.up","arguments":"{\"a\":1}"}}]},
             {"role":"tool","tool_call_id":"c.1","content":[{"type":"text","text":"4"},{"type":"image_url","image_url":"data:image/gif;base64,iVBORw0KGgo="}]}]
            """;
        const string Fields = """
            "max_tokens":5000,"temperature":0.5,"top_p":0.5,"top_k":3,"stop":["x"],"reasoning_effort":"low","seed":1,"x":{"y":1},"tool_choice":"required",
            "tools":[{"type":"function","function":{"name":"look.up","description":"Looks.","strict":true,"parameters":{"type":"object","properties":{}}},"cache_control":{"type":"ephemeral"}},{"type":"function","function":{"name":"now"}}]
            """;
        const string Schema = "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a b\",\"description\":\"d\",\"schema\":{\"type\":\"object\"}}}";
        string[] models = [Converse.Claude3, Converse.Claude4, Converse.Claude45, Converse.Claude46, Converse.Nova, Converse.Nova2, Converse.GptOss, Converse.Llama, Converse.Unknown];
        var requests = models.SelectMany(model => new[] { Converse.Of(Rich, Fields, model), Converse.Of(Rich, Schema, model), Converse.Of(Converse.Hello, Schema + ",\"stop\":\"a\"", model) });

        var faults = await NodeScript.RunAsync(Script, new JsonObject { ["validate"] = new JsonArray([.. requests]) }, TestContext.Current.CancellationToken);

        faults.AsArray().SelectMany(each => each!.AsArray()).ShouldBeEmpty();
    }

    private static async Task<List<byte[]>> EncodeAsync(params (string Type, string MessageType, string Body)[] events)
    {
        var messages = events.Select(each =>
        {
            var message = Message([(each.MessageType == "event" ? ":event-type" : ":exception-type", each.Type), (":message-type", each.MessageType)], each.Body);
            var headers = message["headers"]!.AsObject();
            Add(headers, "yes", "boolean", true);
            Add(headers, "no", "boolean", false);
            Add(headers, "byte", "byte", 1);
            Add(headers, "short", "short", 2);
            Add(headers, "int", "integer", 3);
            Add(headers, "long", "long", 4);
            Add(headers, "bytes", "binary", "AAEC");
            Add(headers, "time", "timestamp", 1_700_000_000_000);
            Add(headers, "uuid", "uuid", "01234567-89ab-cdef-0123-456789abcdef");
            return (JsonNode)message;
        });
        var frames = await NodeScript.RunAsync(Script, new JsonObject { ["encode"] = new JsonArray([.. messages]) }, TestContext.Current.CancellationToken);
        return [.. frames.AsArray().Select(frame => Convert.FromBase64String((string)frame!))];
    }

    private static JsonObject Message(IEnumerable<(string Name, string Value)> headers, string body)
    {
        var all = new JsonObject();
        foreach (var (name, value) in headers)
        {
            Add(all, name, "string", value);
        }

        return new JsonObject { ["headers"] = all, ["body"] = body };
    }

    private static void Add(JsonObject headers, string name, string type, JsonNode value) => headers[name] = new JsonObject { ["type"] = type, ["value"] = value };
}
