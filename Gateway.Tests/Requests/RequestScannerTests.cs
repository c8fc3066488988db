using System.Text;
using Gateway.Api.Requests;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Requests;

[Trait("Requirement", "B7.4")]
public class RequestScannerTests
{
    [Theory]
    [InlineData("{nope", null, null)]
    [InlineData("[]", null, null)]
    [InlineData("\"text\"", null, null)]
    [InlineData("", null, null)]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]} {}", null, null)]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]", null, null)]
    [InlineData("{\"messages\":[{\"role\":\"user\"}]}", "model", "missing_required_parameter")]
    [InlineData("{\"model\":null,\"messages\":[{\"role\":\"user\"}]}", "model", "missing_required_parameter")]
    [InlineData("{\"model\":\"\",\"messages\":[{\"role\":\"user\"}]}", "model", "missing_required_parameter")]
    [InlineData("{\"model\":7,\"messages\":[{\"role\":\"user\"}]}", "model", "invalid_type")]
    [InlineData("{\"model\":\"m\",\"model\":\"n\",\"messages\":[{\"role\":\"user\"}]}", "model", "duplicate_parameter")]
    [InlineData("{\"model\":\"m\",\"\\u006dodel\":\"n\",\"messages\":[{\"role\":\"user\"}]}", "model", "duplicate_parameter")]
    [InlineData("{\"model\":\"m\"}", "messages", "missing_required_parameter")]
    [InlineData("{\"model\":\"m\",\"messages\":null}", "messages", "missing_required_parameter")]
    [InlineData("{\"model\":\"m\",\"messages\":[]}", "messages", null)]
    [InlineData("{\"model\":\"m\",\"messages\":\"hi\"}", "messages", "invalid_type")]
    [InlineData("{\"model\":\"m\",\"messages\":[\"hi\"]}", "messages[0]", "invalid_type")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\"},{\"content\":\"x\"}]}", "messages[1].role", "missing_required_parameter")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":1}]}", "messages[0].role", "invalid_type")]
    [InlineData("{\"model\":\"m\",\"stream\":\"yes\",\"messages\":[{\"role\":\"user\"}]}", "stream", "invalid_type")]
    [InlineData("{\"model\":\"m\",\"stream\":true,\"stream\":false,\"messages\":[{\"role\":\"user\"}]}", "stream", "duplicate_parameter")]
    public void Refuses_what_is_no_chat_request_and_names_the_parameter(string body, string? param, string? code)
    {
        var refusal = RequestScanner.Scan(Encoding.UTF8.GetBytes(body), Operation.Chat, out _);

        refusal.ShouldNotBeNull();
        refusal.ShouldSatisfyAllConditions(
            () => refusal.Status.ShouldBe(400),
            () => refusal.Type.ShouldBe("invalid_request_error"),
            () => refusal.Param.ShouldBe(param),
            () => refusal.Code.ShouldBe(code));
    }

    [Theory]
    [InlineData("{\"model\":\"m\",\"input\":5}", "input", "invalid_type")]
    [InlineData("{\"model\":\"m\",\"input\":[]}", "input", null)]
    [InlineData("{\"model\":\"m\"}", "input", "missing_required_parameter")]
    public void Refuses_what_is_no_embeddings_request(string body, string param, string? code)
    {
        var refusal = RequestScanner.Scan(Encoding.UTF8.GetBytes(body), Operation.Embeddings, out _);

        (refusal?.Param, refusal?.Code).ShouldBe((param, code));
    }

    [Fact]
    public void Refuses_JSON_that_is_nested_too_deeply_and_says_where()
    {
        var deep = $"{{\"model\":\"m\",\"x\":{new string('[', 200)}{new string(']', 200)}}}";

        var refusal = RequestScanner.Scan(Encoding.UTF8.GetBytes(deep), Operation.Chat, out _);

        refusal.ShouldNotBeNull();
        refusal.Status.ShouldBe(400);
        refusal.Message.ShouldStartWith("The body is not JSON that can be read (line 1, byte ");
        refusal.Message.ShouldContain("64");
    }

    [Fact]
    public void Refuses_bytes_that_are_not_UTF8()
    {
        byte[] body = [.. "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\""u8, 0xff, 0xfe, .. "\"}]}"u8];

        RequestScanner.Scan(body, Operation.Chat, out _)!.Message.ShouldContain("not valid UTF-8");
    }

    [Fact]
    public void Finds_the_model_wherever_it_stands_and_however_it_is_written()
    {
        const string Body = "{ \"x\": {\"model\": \"inner\"}, \"\\u006dodel\" : \"phi\\u002d3\" , \"stream\": true, \"n\": 3, \"messages\": [ {\"content\": [1, {\"role\": 2}], \"role\": \"moderator\"} ] }";

        RequestScanner.Scan(Encoding.UTF8.GetBytes(Body), Operation.Chat, out var fields).ShouldBeNull();

        fields.ShouldBe(new RequestFields("phi-3", fields.ModelValue, Stream: true, Choices: 3, IncludesUsage: false, fields.AskForUsage, MaxOutputTokens: null, MostChoices: 3));
        Body[fields.ModelValue].ShouldBe("\"phi\\u002d3\"");
    }

    [Theory]
    [InlineData("\"a\", \"n\": 2", 2)]
    [InlineData("[\"a\", \"b\", \"c\"], \"n\": 2, \"best_of\": 4", 12)]
    [InlineData("[1, 2, 3]", 1)]
    [InlineData("[[1, 2], [3]]", 2)]
    public void Counts_the_answers_that_are_made_at_most(string prompt, long expected)
    {
        RequestScanner.Scan(Encoding.UTF8.GetBytes($"{{\"model\": \"m\", \"prompt\": {prompt} }}"), Operation.Completions, out var fields).ShouldBeNull();

        fields.MostChoices.ShouldBe(expected);
    }

    [Theory]
    [InlineData("{\"model\":\"m\",\"prompt\":\"a\"}", 1)]
    [InlineData("{\"model\":\"m\",\"prompt\":\"a\",\"n\":2}", 2)]
    [InlineData("{\"model\":\"m\",\"prompt\":\"a\",\"n\":null}", 1)]
    [InlineData("{\"model\":\"m\",\"prompt\":\"a\",\"n\":\"many\"}", null)]
    [InlineData("{\"model\":\"m\",\"prompt\":[\"a\",\"b\"]}", null)]
    public void Knows_how_many_choices_to_expect_or_that_it_does_not(string body, int? choices)
    {
        RequestScanner.Scan(Encoding.UTF8.GetBytes(body), Operation.Completions, out var fields).ShouldBeNull();

        fields.Choices.ShouldBe(choices);
    }

    [Theory]
    [InlineData("""{"stream":true,"model":"m","prompt":"a"}""", """{"stream":true,"model":"m","prompt":"a","stream_options":{"include_usage":true}}""")]
    [InlineData("""{"stream":true,"stream_options":null,"model":"m","prompt":"a"} """, """{"stream":true,"stream_options":{"include_usage":true},"model":"m","prompt":"a"} """)]
    [InlineData("""{"stream":true,"stream_options":{ },"model":"m","prompt":"a"}""", """{"stream":true,"stream_options":{"include_usage":true },"model":"m","prompt":"a"}""")]
    [InlineData("""{"stream":true,"stream_options":{"x":[1]},"model":"m","prompt":"a"}""", """{"stream":true,"stream_options":{"include_usage":true,"x":[1]},"model":"m","prompt":"a"}""")]
    [InlineData("""{"stream":true,"stream_options":{"x":{},"include_usage":false},"model":"m","prompt":"a"}""", """{"stream":true,"stream_options":{"x":{},"include_usage":true},"model":"m","prompt":"a"}""")]
    [InlineData("""{"stream":true,"stream_options":{"include_usage":true},"model":"m","prompt":"a"}""", null)]
    [InlineData("""{"stream":true,"stream_options":"all","model":"m","prompt":"a"}""", null)]
    [InlineData("""{"stream":false,"model":"m","prompt":"a"}""", null)]
    [InlineData("""{"model":"m","prompt":"a"}""", null)]
    public void A_stream_is_asked_for_its_usage_where_its_caller_did_not(string body, string? asking)
    {
        RequestScanner.Scan(Encoding.UTF8.GetBytes(body), Operation.Completions, out var fields).ShouldBeNull();

        var changed = fields.AskForUsage is { } change
            ? body[..change.Cut.Start] + Encoding.UTF8.GetString(change.Replacement.Span) + body[change.Cut.End..]
            : null;
        changed.ShouldBe(asking);
        (changed?.Length - body.Length ?? 0).ShouldBe(fields.AskForUsage?.Growth ?? 0);
        fields.IncludesUsage.ShouldBe(body.Contains("\"include_usage\":true", StringComparison.Ordinal));
    }
}
