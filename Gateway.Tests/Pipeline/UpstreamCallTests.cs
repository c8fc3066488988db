using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Pipeline;

/// <summary>What goes to a target, what comes back, and what the caller is told when the target has no answer.</summary>
public class UpstreamCallTests
{
    private const string Reply = """{"id":"c1","object":"chat.completion","model":"phi","x":{"never":["heard",1.50]},"choices":[]}""";

    [Fact]
    public async Task A_request_goes_on_as_it_came_but_for_the_model_and_the_credential()
    {
        (string Body, string? Authorization, string? Id, string Path) seen = default;
        await using var upstream = await ScriptedUpstream.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = (await reader.ReadToEndAsync(), context.Request.Headers.Authorization, context.Request.Headers["x-request-id"], context.Request.Path);
            await SendAsync(context, 200, Reply);
        });
        await using var gateway = await GatewayHost.StartAsync(
            upstream, ("Gateway:Providers:local:ApiKey", "env:UPSTREAM_KEY"), ("UPSTREAM_KEY", "upstream-secret"));
        using var caller = await gateway.CallerClientAsync();
        caller.DefaultRequestHeaders.Add("x-request-id", "my-own-id");

        using var response = await caller.PostAsync(
            "/v1/chat/completions", Json("""{ "future": [1.10, "é\u00e9"],  "model" : "phi-3-mini", "messages": [{"role":"user","content":"x"}] }"""), TestContext.Current.CancellationToken);

        seen.ShouldBe((
            """{ "future": [1.10, "é\u00e9"],  "model" : "microsoft/Phi-3-mini-4k-instruct", "messages": [{"role":"user","content":"x"}] }""",
            "Bearer upstream-secret", "my-own-id", "/v1/chat/completions"));
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(Reply);
        response.Headers.GetValues("x-request-id").ShouldBe(["my-own-id"]);
        response.Headers.GetValues("x-gateway-target").ShouldBe(["local/microsoft/Phi-3-mini-4k-instruct"]);
        long.Parse(response.Headers.GetValues("openai-processing-ms").Single(), System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(0, 60_000);
    }

    [Theory]
    [InlineData("no blanks please")]
    [InlineData("tab\there")]
    public async Task A_request_id_that_is_not_fit_for_headers_and_logs_is_replaced(string sent)
    {
        await using var upstream = await ScriptedUpstream.StartAsync(context => SendAsync(context, 200, Reply));
        await using var gateway = await GatewayHost.StartAsync(upstream);
        using var caller = await gateway.CallerClientAsync();
        using var request = ChatRequest();
        request.Headers.TryAddWithoutValidation("x-request-id", sent);

        using var response = await caller.SendAsync(request, TestContext.Current.CancellationToken);

        response.Headers.GetValues("x-request-id").Single().ShouldMatch("^req_[0-9a-f]{32}$");
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"temperature too high","type":"invalid_request_error","param":"temperature","code":"out_of_range"}}""", 400, "out_of_range", "temperature too high")]
    [InlineData(422, """{"detail":"unprocessable"}""", 422, null, "unprocessable")]
    [InlineData(404, """{"message":"no such model"}""", 404, "model_not_found", "no such model")]
    [InlineData(401, """{"error":{"message":"bad key sk-upstream"}}""", 502, "upstream_error", "refused the gateway's credential")]
    [InlineData(403, """{"error":{"message":"bad key sk-upstream"}}""", 502, "upstream_error", "refused the gateway's credential")]
    [InlineData(429, """{"error":{"message":"slow down"}}""", 429, "rate_limit_exceeded", "slow down")]
    [InlineData(500, """{"error":{"message":"kaput"}}""", 502, "upstream_error", "kaput")]
    [InlineData(502, "<html>bad gateway</html>", 503, "no_target_available", "HTTP 502")]
    [InlineData(503, "", 503, "no_target_available", "HTTP 503")]
    [InlineData(302, "", 502, "upstream_error", "HTTP 302")]
    [Trait("Requirement", "V7.1")]
    [Trait("Requirement", "V7.3")]
    public async Task An_upstreams_error_becomes_one_of_ours(int sent, string body, int status, string? code, string message)
    {
        await using var upstream = await ScriptedUpstream.StartAsync(context => SendAsync(context, sent, body));
        await using var gateway = await GatewayHost.StartAsync(upstream);
        using var caller = await gateway.CallerClientAsync();

        using var response = await caller.SendAsync(ChatRequest(), TestContext.Current.CancellationToken);

        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var error = JsonNode.Parse(text)!["error"]!;
        ((int)response.StatusCode, (string?)error["code"]).ShouldBe((status, code), text);
        ((string)error["message"]!).ShouldContain(message);
        text.ShouldNotContain("sk-upstream");
        (response.Headers.RetryAfter is not null).ShouldBe(status is 429 or 503);
        gateway.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_upstreams_Retry_After_is_handed_on()
    {
        await using var upstream = await ScriptedUpstream.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "17";
            return SendAsync(context, 429, "{}");
        });
        await using var gateway = await GatewayHost.StartAsync(upstream);
        using var caller = await gateway.CallerClientAsync();

        using var response = await caller.SendAsync(ChatRequest(), TestContext.Current.CancellationToken);

        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(17));
    }

    [Theory]
    [InlineData("<html>welcome</html>")]
    [InlineData("")]
    [InlineData("{\"id\":")]
    [InlineData("[]")]
    public async Task A_success_that_is_no_JSON_object_is_never_passed_on(string body)
    {
        await using var upstream = await ScriptedUpstream.StartAsync(context => SendAsync(context, 200, body));
        await using var gateway = await GatewayHost.StartAsync(upstream);
        using var caller = await gateway.CallerClientAsync();

        using var response = await caller.SendAsync(ChatRequest(), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task A_connection_that_is_reset_is_an_upstream_error()
    {
        await using var upstream = await ScriptedUpstream.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using var gateway = await GatewayHost.StartAsync(upstream);
        using var caller = await gateway.CallerClientAsync();

        using var response = await caller.SendAsync(ChatRequest(), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
    }

    [Fact]
    [Trait("Requirement", "V7.1")]
    public async Task Where_nobody_listens_the_caller_gets_503_and_when_to_try_again()
    {
        var upstream = await ScriptedUpstream.StartAsync(_ => Task.CompletedTask);
        await upstream.DisposeAsync();
        await using var gateway = await GatewayHost.StartAsync(upstream);
        using var caller = await gateway.CallerClientAsync();

        using var response = await caller.SendAsync(ChatRequest(), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    [Trait("Requirement", "V7.2")]
    public async Task Silence_ends_in_504_when_the_time_is_up_and_the_upstream_is_cancelled()
    {
        var cancelled = new TaskCompletionSource();
        await using var upstream = await ScriptedUpstream.StartAsync(async context =>
        {
            await using var registration = context.RequestAborted.Register(cancelled.SetResult);
            await cancelled.Task;
        });
        await using var gateway = await GatewayHost.StartAsync(upstream, ("Gateway:Limits:RequestTimeoutSeconds", "1"));
        using var caller = await gateway.CallerClientAsync();

        using var response = await caller.SendAsync(ChatRequest(), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        ((string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!["code"]).ShouldBe("timeout");
        await cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    [Trait("Requirement", "G1.2")]
    public async Task Where_the_first_target_fails_the_next_one_answers_and_is_named()
    {
        await using var broken = await ScriptedUpstream.StartAsync(context => SendAsync(context, 500, "{}"));
        await using var sound = await ScriptedUpstream.StartAsync(context => SendAsync(context, 200, Reply));
        await using var gateway = await GatewayHost.StartAsync(
            broken,
            ("Gateway:Limits:Retries", "0"),
            ("Gateway:Providers:second:Type", "OpenAI"), ("Gateway:Providers:second:BaseUrl", new Uri(sound.Address, "v1").AbsoluteUri),
            ("Gateway:Models:phi-3-mini:Targets:1:Provider", "second"), ("Gateway:Models:phi-3-mini:Targets:1:Model", "phi"));
        using var caller = await gateway.CallerClientAsync();

        using var response = await caller.SendAsync(ChatRequest(), TestContext.Current.CancellationToken);

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(Reply);
        (response.Headers.GetValues("x-gateway-target").Single(), response.Headers.GetValues("x-gateway-attempts").Single()).ShouldBe(("second/phi", "2"));
    }

    [Fact]
    public async Task A_request_that_one_target_rejects_is_not_tried_elsewhere()
    {
        var calls = 0;
        await using var upstream = await ScriptedUpstream.StartAsync(context =>
        {
            Interlocked.Increment(ref calls);
            return SendAsync(context, 400, "{}");
        });
        await using var gateway = await GatewayHost.StartAsync(
            upstream, ("Gateway:Models:phi-3-mini:Targets:1:Provider", "local"), ("Gateway:Models:phi-3-mini:Targets:1:Model", "other"));
        using var caller = await gateway.CallerClientAsync();

        using var response = await caller.SendAsync(ChatRequest(), TestContext.Current.CancellationToken);

        (response.StatusCode, calls).ShouldBe((HttpStatusCode.BadRequest, 1));
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static HttpRequestMessage ChatRequest() => new(HttpMethod.Post, "/v1/chat/completions")
    {
        Content = Json("""{"model":"phi-3-mini","messages":[{"role":"user","content":"x"}]}"""),
    };

    private static async Task SendAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }
}
