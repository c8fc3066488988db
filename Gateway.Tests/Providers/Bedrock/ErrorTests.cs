using System.Text.Json.Nodes;
using Gateway.Tests.Hosts.Bedrock;
using Gateway.Tests.Schemas;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Providers.Bedrock;

/// <summary>bedrock.md, section 7.</summary>
[Trait("Requirement", "B7.1")]
public sealed class ErrorTests
{
    private const string NextTarget = "good";

    [Theory]
    [InlineData(429, "ThrottlingException", "Too fast.", 429, "rate_limit_exceeded", true)]
    [InlineData(429, "ModelNotReadyException", "Warming up.", 429, "rate_limit_exceeded", true)]
    [InlineData(400, "ServiceQuotaExceededException", "Enough.", 429, "insufficient_quota", true)]
    [InlineData(400, "ValidationException", "What is that?", 400, null, false)]
    [InlineData(400, "ValidationException", "Input is too long for requested model.", 400, "context_length_exceeded", true)]
    [InlineData(400, "ValidationException", "prompt is too long: 210000 tokens > 200000 maximum", 400, "context_length_exceeded", true)]
    [InlineData(400, "ValidationException", "Too many input tokens. Max input tokens: 8192", 400, "context_length_exceeded", true)]
    [InlineData(403, "AccessDeniedException", "Not yours.", 502, "upstream_error", true)]
    [InlineData(403, "UnrecognizedClientException", "Who?", 502, "upstream_error", true)]
    [InlineData(403, "ExpiredTokenException", "Too old.", 502, "upstream_error", true)]
    [InlineData(401, "NotAuthorized", "No.", 502, "upstream_error", true)]
    [InlineData(404, "ResourceNotFoundException", "No such model.", 404, "model_not_found", true)]
    [InlineData(408, "ModelTimeoutException", "Too slow.", 504, "timeout", true)]
    [InlineData(424, "ModelErrorException", "Broken.", 502, "upstream_error", true)]
    [InlineData(424, "modelStreamErrorException", "Broken.", 502, "upstream_error", true)]
    [InlineData(500, "InternalServerException", "Broken.", 500, "upstream_error", true)]
    [InlineData(503, "ServiceUnavailableException", "Away.", 503, "no_target_available", true)]
    [InlineData(418, "SomethingNewException", "Tea.", 418, null, false)]
    public async Task S7_Each_error_is_told_as_what_it_is_and_hands_over_where_another_may_do_better(int status, string name, string message, int told, string? code, bool handsOver)
    {
        await using var alone = await BedrockGateway.StartAsync(exchange => exchange.ErrorAsync(status, name, message));
        using var response = await alone.ChatAsync();

        ((int)response.StatusCode).ShouldBe(told);
        var error = (await BedrockGateway.JsonOf(response))["error"]!;
        OpenAISchemas.ShouldBeError(error.Parent!.ToJsonString());
        ((string?)error["code"]).ShouldBe(code);
        if (told != 502 || name.StartsWith("Model", StringComparison.OrdinalIgnoreCase))
        {
            ((string?)error["message"])!.ShouldContain(message);
        }

        response.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        (response.Headers.RetryAfter is not null).ShouldBe(told == 503 || code == "rate_limit_exceeded");

        await using var two = await BedrockGateway.StartAsync(
            exchange => exchange.Model == NextTarget ? exchange.ContentAsync("end_turn", BedrockExchange.Text("Hi")) : exchange.ErrorAsync(status, name, message),
            settings: [("Gateway:Models:m:Targets:1:Provider", "bedrock"), ("Gateway:Models:m:Targets:1:Model", NextTarget)]);
        using var second = await two.ChatAsync();
        ((int)second.StatusCode).ShouldBe(handsOver ? 200 : told);
    }

    [Theory]
    [InlineData("""{"__type":"com.amazon.coral.service#ThrottlingException","message":"Slow."}""")]
    [InlineData("""{"__type":"throttlingException:http://internal","Message":"Slow."}""")]
    [Trait("Requirement", "B7.3")]
    public async Task S7_The_name_is_found_in_the_body_too_in_either_case(string body)
    {
        await using var gateway = await BedrockGateway.StartAsync(exchange =>
        {
            exchange.Http.Response.Headers.RetryAfter = "17";
            return exchange.JsonAsync(JsonNode.Parse(body)!, 400);
        });

        using var response = await gateway.ChatAsync();

        ((int)response.StatusCode).ShouldBe(429);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(17));
        ((string?)(await BedrockGateway.JsonOf(response))["error"]!["message"])!.ShouldContain("Slow.");
    }

    [Fact]
    [Trait("Requirement", "B7.5")]
    public async Task S7_Credentials_of_the_gateway_that_are_refused_are_told_to_its_operator_with_a_remedy()
    {
        await using var gateway = await BedrockGateway.StartAsync(exchange => exchange.ErrorAsync(403, "UnrecognizedClientException", "The security token included in the request is invalid."));

        using var response = await gateway.ChatAsync();

        ((string?)(await BedrockGateway.JsonOf(response))["error"]!["message"])!.ShouldNotContain("security token");
        gateway.Gateway.Log.Lines.ShouldContain(line =>
            line.Message.Contains("UnrecognizedClientException", StringComparison.Ordinal) && line.Message.Contains("belong to this region", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"\ud800"}}]}]}""")]
    [InlineData("/v1/chat/completions", """{"model":"m","messages":[{"role":"assistant","tool_calls":[{"id":"1","function":{"name":"\udfff","arguments":""}}]}]}""")]
    [InlineData("/v1/chat/completions", """{"model":"m","messages":[{"role":"user","content":"\ud800"}],"stop":"\ud800"}""")]
    [InlineData("/v1/embeddings", """{"model":"m","input":"a","input_type":"\ud800"}""")]
    [Trait("Requirement", "B7.4")]
    public async Task Half_a_surrogate_pair_is_400(string path, string body)
    {
        await using var gateway = await BedrockGateway.StartAsync();

        using var response = await gateway.PostAsync(path, body);

        ((int)response.StatusCode).ShouldBe(400);
        gateway.Gateway.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "B7.4")]
    public async Task What_Bedrock_refuses_comes_back_as_400_in_its_words()
    {
        await using var gateway = await BedrockGateway.StartAsync();

        using var response = await gateway.ChatAsync("\"max_tokens\":0");

        ((int)response.StatusCode).ShouldBe(400);
        ((string?)(await BedrockGateway.JsonOf(response))["error"]!["message"])!.ShouldContain("maxTokens");
    }
}
