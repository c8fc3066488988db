using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Providers.Bedrock;
using Gateway.Tests.Schemas;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Messages;

/// <summary>Errors in Anthropic's form, whoever refuses, and streams that break.</summary>
public sealed class MessagesErrorTests
{
    private const string Text = """{"model":"phi-3","choices":[{"index":0,"delta":{"content":"a"}}]}""";

    [Theory]
    [Trait("Requirement", "B6.5")]
    [Trait("Requirement", "V7.3")]
    [InlineData("{nope", 400, "invalid_request_error", "not JSON")]
    [InlineData("", 400, "invalid_request_error", "no body")]
    [InlineData("[]", 400, "invalid_request_error", "JSON object")]
    [InlineData("""{"max_tokens":1,"messages":[{"role":"user","content":"a"}]}""", 400, "invalid_request_error", "'model'")]
    [InlineData("""{"model":7,"max_tokens":1,"messages":[{"role":"user","content":"a"}]}""", 400, "invalid_request_error", "'model'")]
    [InlineData("""{"model":"phi-3-mini","model":"gpt","max_tokens":1,"messages":[{"role":"user","content":"a"}]}""", 400, "invalid_request_error", "model")]
    [InlineData("""{"model":"phi-3-mini","messages":[{"role":"user","content":"a"}]}""", 400, "invalid_request_error", "'max_tokens'")]
    [InlineData("""{"model":"phi-3-mini","max_tokens":1,"stream":"yes","messages":[{"role":"user","content":"a"}]}""", 400, "invalid_request_error", "'stream'")]
    [InlineData("""{"model":"phi-3-mini","max_tokens":1,"messages":[{"role":"user","content":[{"type":"\ud800"}]}]}""", 400, "invalid_request_error", "Unicode")]
    [InlineData("""{"model":"nobody","max_tokens":1,"messages":[{"role":"user","content":"a"}]}""", 404, "not_found_error", "'nobody'")]
    public async Task A_request_at_fault_is_told_in_Anthropics_form(string body, int status, string type, string words)
    {
        await using var host = await MessagesGateway.StartAsync("{}");

        using var response = await host.PostAsync(body);

        await ShouldBeError(response, status, type, words);
    }

    [Fact]
    public async Task That_no_threads_are_kept_is_told_so_that_clients_go_on_without()
    {
        await using var host = await MessagesGateway.StartAsync("{}");

        using var response = await host.AskAsync("\"thread\":{\"type\":\"create\"}");

        var error = AnthropicSchemas.ShouldBeError(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        error["error"]!["details"].ShouldBe("""{"error_code":"thread_unsupported_request","unsupported":["thread"]}""");
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_JSON_by_its_type_is_refused()
    {
        await using var host = await MessagesGateway.StartAsync(_ => Task.CompletedTask, ("Gateway:Limits:MaxRequestBytes", "2000"));
        using var caller = await host.Gateway.CallerClientAsync();

        using var large = await host.PostAsync(new string(' ', 3000));
        using var text = await caller.PostAsync("/v1/messages", new StringContent("{}", Encoding.UTF8, "text/plain"), TestContext.Current.CancellationToken);

        await ShouldBeError(large, 413, "request_too_large", "2,000");
        await ShouldBeError(text, 415, "invalid_request_error", "text/plain");
    }

    [Theory]
    [Trait("Requirement", "G6.2")]
    [InlineData("x-api-key", "sk-gw-nobodys", 401, "authentication_error")]
    [InlineData("x-api-key", "", 401, "authentication_error")]
    [InlineData("x-api-key", GatewayHost.AdminKey, 403, "permission_error")]
    [InlineData("authorization", "Basic eDp5", 401, "authentication_error")]
    public async Task Who_may_not_call_is_told_so_in_Anthropics_form(string header, string value, int status, string type)
    {
        await using var host = await MessagesGateway.StartAsync("{}");
        using var stranger = new HttpClient { BaseAddress = host.Gateway.Address };
        stranger.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        using var response = await stranger.PostAsync("/v1/messages", new StringContent("{}", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        await ShouldBeError(response, status, type, "key");
    }

    [Fact]
    [Trait("Requirement", "G6.1")]
    public async Task A_key_may_come_as_x_api_key()
    {
        await using var host = await MessagesGateway.StartAsync("""{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}""");
        using var caller = new HttpClient { BaseAddress = host.Gateway.Address };
        caller.DefaultRequestHeaders.Add("x-api-key", await host.Gateway.CreateKeyAsync());
        caller.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        caller.DefaultRequestHeaders.Add("anthropic-beta", "whatever-2026-01-01");

        using var response = await caller.PostAsync(
            "/v1/messages", new StringContent(Translated.Request().Replace("\"m\"", "\"phi-3-mini\"", StringComparison.Ordinal), Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        var message = AnthropicSchemas.ShouldBeMessage(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        ((string?)message["model"]).ShouldBe("microsoft/Phi-3-mini-4k-instruct");
    }

    [Theory]
    [InlineData("GET", "/v1/messages")]
    [InlineData("POST", "/v1/messages/batches")]
    public async Task What_is_not_there_is_not_found_in_Anthropics_form(string method, string path)
    {
        await using var host = await MessagesGateway.StartAsync("{}");
        using var caller = await host.Gateway.CallerClientAsync();

        using var response = await caller.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), TestContext.Current.CancellationToken);

        await ShouldBeError(response, 404, "not_found_error", path);
    }

    [Theory]
    [Trait("Requirement", "B7.2")]
    [InlineData(429, """{"error":{"message":"slow down","type":"requests","code":"rate_limit_exceeded"}}""", 429, "rate_limit_error", "slow down")]
    [InlineData(400, """{"error":{"message":"too hot","type":"invalid_request_error"}}""", 400, "invalid_request_error", "too hot")]
    [InlineData(401, "{}", 502, "api_error", "credential")]
    [InlineData(503, "{}", 503, "overloaded_error", "503")]
    public async Task An_upstreams_error_is_told_in_Anthropics_form(int status, string body, int told, string type, string words)
    {
        await using var host = await MessagesGateway.StartAsync(context => TwoTargets.FailAsync(context, status, body), ("Gateway:Limits:Retries", "0"));

        using var response = await host.AskAsync();

        await ShouldBeError(response, told, type, words);
        (response.Headers.RetryAfter is not null).ShouldBe(told is 429 or 503);
    }

    [Fact]
    public async Task A_stream_that_ends_early_ends_in_an_error_and_never_in_message_stop()
    {
        await using var host = await MessagesGateway.StartAsync(context => TwoTargets.SendAsync(context, $"data: {Text}\n\n"));

        await ShouldEndInError(host, "ended the stream early");
    }

    [Fact]
    public async Task A_stream_that_tells_an_error_ends_in_it()
    {
        await using var host = await MessagesGateway.StartAsync(Text, """{"error":{"message":"out of memory"}}""");

        await ShouldEndInError(host, "out of memory");
    }

    [Fact]
    public async Task A_stream_that_cannot_be_followed_ends_in_an_error()
    {
        await using var host = await MessagesGateway.StartAsync(Text, """{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"arguments":"{}"}}]}}]}""");

        await ShouldEndInError(host, "without naming it");
    }

    [Theory]
    [InlineData("""{"model":"phi-3-mini","messages":[{"role":"user","content":"Hello, how are you?"}]}""", 10, 60)]
    [InlineData("""{"model":"phi-3-mini","system":"x","tools":[{"name":"a","input_schema":{}}],"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]}]}""", 1600, 1800)]
    public async Task Tokens_are_counted_by_estimate_and_the_reply_says_so(string body, int least, int most)
    {
        await using var host = await MessagesGateway.StartAsync(_ => throw new InvalidOperationException("Nothing is to be called."));

        using var response = await host.PostAsync(body, "/v1/messages/count_tokens");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var count = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();
        count.Count.ShouldBe(1);
        ((int)count["input_tokens"]!).ShouldBeInRange(least, most);
        response.Headers.GetValues("x-gateway-warnings").Single().ShouldBe("input_tokens is an estimate");
    }

    [Fact]
    public async Task What_cannot_be_counted_is_refused_in_Anthropics_form()
    {
        await using var host = await MessagesGateway.StartAsync("{}");

        using var response = await host.PostAsync("""{"model":"nobody","messages":[{"role":"user","content":"a"}]}""", "/v1/messages/count_tokens");

        await ShouldBeError(response, 404, "not_found_error", "'nobody'");
    }

    private static async Task ShouldEndInError(MessagesGateway host, string words)
    {
        using var response = await host.AskAsync("\"stream\":true");
        var events = AnthropicStreams.EventsOf(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        events.Select(each => each.Name).ShouldBe(["message_start", "content_block_start", "content_block_delta", "error"]);
        ((string)events[^1].Data["error"]!["type"]!).ShouldBe("api_error");
        ((string)events[^1].Data["error"]!["message"]!).ShouldContain(words);
        ((string)events[^1].Data["request_id"]!).ShouldBe(response.Headers.GetValues("x-request-id").Single());
        host.Gateway.Log.Lines.ShouldContain(line => line.Level == LogLevel.Warning);
    }

    private static async Task ShouldBeError(HttpResponseMessage response, int status, string type, string words)
    {
        ((int)response.StatusCode).ShouldBe(status);
        var error = AnthropicSchemas.ShouldBeError(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        ((string)error["error"]!["type"]!).ShouldBe(type);
        ((string)error["error"]!["message"]!).ShouldContain(words);
        ((string)error["request_id"]!).ShouldBe(response.Headers.GetValues("request-id").Single());
    }
}
