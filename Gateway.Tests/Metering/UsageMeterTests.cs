using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Metering;

/// <summary>What one request of each kind leaves in its usage event, and what its caller sees of the metering.</summary>
public sealed class UsageMeterTests(MeteredGateway gateway) : IClassFixture<MeteredGateway>
{
    private const string Usage = """{"prompt_tokens":30,"completion_tokens":5,"total_tokens":35,"prompt_tokens_details":{"cached_tokens":20}}""";
    private const string Reply = """{"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":""" + Usage + "}";
    private const string Text = """data: {"id":"c1","choices":[{"index":0,"delta":{"content":"12345678"},"finish_reason":null}]}""" + "\n\n";
    private const string Stop = """data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""" + "\n\n";
    private const string UsageChunk = """data: {"id":"c1","choices":[],"usage":""" + Usage + "}\n\n";
    private const string Done = "data: [DONE]\n\n";

    // 10 × 250 + 20 × 30 + 5 × 1,250 nano-dollars.
    private const long Cost = 9_350;

    private readonly string _id = $"req-{Guid.NewGuid():N}";

    [Fact]
    [Trait("Requirement", "G7.3")]
    public async Task The_variant_of_an_experiment_is_in_the_event()
    {
        gateway.Script(_id, context => SendAsync(context, Reply, "application/json"));

        using var response = await CallAsync("""{"model":"tested","messages":[{"role":"user","content":"Hello"}]}""");

        var usage = await gateway.EventOfAsync(_id);
        (usage.Alias, usage.Variant).ShouldBe(("tested", "e/b"));
    }

    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task A_reply_is_billed_as_its_provider_counted_it_and_tells_what_it_cost()
    {
        gateway.Script(_id, context => SendAsync(context, Reply, "application/json"));

        using var response = await CallAsync("""{"model":"phi-3-mini","messages":[{"role":"user","content":"Hello"}]}""");

        response.Headers.GetValues("x-gateway-cost-usd").ShouldBe(["0.00000935"]);
        var usage = await gateway.EventOfAsync(_id);
        usage.ShouldBe(new UsageEvent
        {
            Id = usage.Id,
            RequestId = _id,
            At = usage.At,
            Operation = "chat",
            Tenant = "acme",
            Key = usage.Key,
            User = "ann",
            Alias = "phi-3-mini",
            Provider = "local",
            Model = "microsoft/Phi-3-mini-4k-instruct",
            Status = UsageStatus.Ok,
            HttpStatus = 200,
            Tokens = new UsageTokens(Input: 10, CachedInput: 20, CacheWrite: 0, Output: 5),
            TokenSource = TokenSource.Reported,
            CostNanoUsd = Cost,
            Price = MeteredGateway.Target,
            CacheSavingNanoUsd = 20 * 220,
            DurationMicroseconds = usage.DurationMicroseconds,
            FirstTokenMicroseconds = usage.FirstTokenMicroseconds,
            Attempts = 1,
        });
        usage.Key!.ShouldNotContain("sk-");
        usage.At.ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
        usage.FirstTokenMicroseconds!.Value.ShouldBeInRange(1, usage.DurationMicroseconds);
    }

    [Fact]
    public async Task A_stream_is_asked_for_its_usage_and_its_caller_sees_nothing_of_it()
    {
        var asked = "";
        gateway.Script(_id, async context =>
        {
            asked = await new StreamReader(context.Request.Body).ReadToEndAsync(TestContext.Current.CancellationToken);
            await SendAsync(context, Text + Stop + UsageChunk + Done);
        });

        using var response = await CallAsync("""{"model":"phi-3-mini","stream":true,"messages":[{"role":"user","content":"Hello"}]}""");

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(Text + Stop + Done);
        asked.ShouldBe("""{"model":"microsoft/Phi-3-mini-4k-instruct","stream":true,"messages":[{"role":"user","content":"Hello"}],"stream_options":{"include_usage":true}}""");
        var usage = await gateway.EventOfAsync(_id);
        (usage.Streamed, usage.TokenSource, usage.CostNanoUsd, usage.Status).ShouldBe((true, TokenSource.Reported, Cost, UsageStatus.Ok));
    }

    [Fact]
    public async Task A_caller_who_asks_for_the_usage_chunk_gets_it_as_it_came()
    {
        gateway.Script(_id, context => SendAsync(context, Text + Stop + UsageChunk + Done));

        using var response = await CallAsync("""{"model":"phi-3-mini","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hello"}]}""");

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(Text + Stop + UsageChunk + Done);
    }

    [Fact]
    public async Task A_caller_who_asks_for_details_finds_them_in_the_usage_chunk()
    {
        gateway.Script(_id, context => SendAsync(context, Text + Stop + UsageChunk + Done));

        using var response = await CallAsync("""{"model":"phi-3-mini","stream":true,"messages":[{"role":"user","content":"Hello"}]}""", ("x-gateway-details", "true"));

        var chunks = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\n\n");
        JsonNode.Parse(chunks[2]["data: ".Length..])!["gateway"]!.ToJsonString().ShouldBe($$"""{"target":"{{MeteredGateway.Target}}","attempts":1,"cost_usd":"0.00000935"}""");
        chunks[3].ShouldBe("data: [DONE]");
    }

    [Fact]
    public async Task A_provider_that_takes_no_stream_options_is_sent_none_and_its_stream_is_estimated()
    {
        var asked = "";
        gateway.Script(_id, async context =>
        {
            asked = await new StreamReader(context.Request.Body).ReadToEndAsync(TestContext.Current.CancellationToken);
            await SendAsync(context, Text + Text + Stop + Done);
        });

        const string Body = """{"model":"plain","stream":true,"messages":[{"role":"user","content":"Hello"}]}""";
        using var response = await CallAsync(Body);

        asked.ShouldBe(Body);
        var usage = await gateway.EventOfAsync(_id);
        (usage.TokenSource, usage.Tokens, usage.CostNanoUsd).ShouldBe((TokenSource.Estimated, new UsageTokens((Body.Length + 3) / 4, 0, 0, 4), null));
    }

    [Theory]
    [InlineData("""{"prompt_tokens":-30,"completion_tokens":5}""")]
    [InlineData("""{"prompt_tokens":30,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":31}}""")]
    public async Task Usage_that_cannot_be_is_estimated_and_logged(string reported)
    {
        gateway.Script(_id, context => SendAsync(context, Reply.Replace(Usage, reported, StringComparison.Ordinal), "application/json"));

        using var response = await CallAsync("""{"model":"phi-3-mini","messages":[{"role":"user","content":"Hello"}]}""");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.EventOfAsync(_id)).TokenSource.ShouldBe(TokenSource.Estimated);
        gateway.Gateway.Log.Lines.ShouldContain(line => line.Message.Contains("reports usage that cannot be", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_without_a_price_costs_an_unknown_sum_and_is_served()
    {
        gateway.Script(_id, context => SendAsync(context, Reply, "application/json"));

        using var response = await CallAsync("""{"model":"unpriced","messages":[{"role":"user","content":"Hello"}]}""");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.Contains("x-gateway-cost-usd").ShouldBeFalse();
        var usage = await gateway.EventOfAsync(_id);
        (usage.CostNanoUsd, usage.Price, usage.Tokens.Output).ShouldBe((null, null, 5));
    }

    [Fact]
    public async Task A_refused_request_leaves_an_event_that_costs_nothing()
    {
        using var response = await CallAsync("""{"model":"no-such-model","messages":[{"role":"user","content":"Hello"}]}""");

        var usage = await gateway.EventOfAsync(_id);
        (usage.Status, usage.HttpStatus, usage.Error, usage.Alias, usage.Provider).ShouldBe((UsageStatus.Refused, 404, "model_not_found", "no-such-model", null));
        (usage.TokenSource, usage.Tokens, usage.CostNanoUsd, usage.Attempts).ShouldBe((TokenSource.None, default, 0, 0));
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_leaves_an_event_without_an_alias()
    {
        using var response = await CallAsync("{");

        var usage = await gateway.EventOfAsync(_id);
        (usage.Status, usage.HttpStatus, usage.Error, usage.Alias).ShouldBe((UsageStatus.Refused, 400, "invalid_request_error", null));
    }

    [Fact]
    public async Task A_target_that_had_no_answer_is_not_billed()
    {
        gateway.Script(_id, context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });

        using var response = await CallAsync("""{"model":"phi-3-mini","messages":[{"role":"user","content":"Hello"}]}""");

        var usage = await gateway.EventOfAsync(_id);
        (usage.Status, usage.HttpStatus, usage.Error, usage.Model).ShouldBe((UsageStatus.Failed, 502, "upstream_error", "microsoft/Phi-3-mini-4k-instruct"));
        (usage.TokenSource, usage.CostNanoUsd, usage.FirstTokenMicroseconds).ShouldBe((TokenSource.None, 0, null));
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_billed_by_what_came_and_marked()
    {
        var firstTokenIsThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Script(_id, async context =>
        {
            await SendAsync(context, Text);
            await firstTokenIsThere.Task;
            context.Abort();
        });

        using var response = await CallAsync("""{"model":"unpriced","stream":true,"messages":[{"role":"user","content":"Hello"}]}""");
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[Text.Length], TestContext.Current.CancellationToken);
        firstTokenIsThere.SetResult();
        (await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldNotContain("[DONE]");

        var usage = await gateway.EventOfAsync(_id);
        (usage.Status, usage.HttpStatus, usage.Error, usage.TokenSource).ShouldBe((UsageStatus.Failed, 200, "upstream_error", TokenSource.Estimated));
        usage.Tokens.Output.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_caller_who_leaves_pays_for_what_was_made()
    {
        using var leaving = new CancellationTokenSource();
        gateway.Script(_id, async context =>
        {
            await SendAsync(context, Text);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        var response = await CallAsync("""{"model":"phi-3-mini","stream":true,"messages":[{"role":"user","content":"Hello"}]}""");
        using (var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken))
        {
            await stream.ReadExactlyAsync(new byte[Text.Length], TestContext.Current.CancellationToken);
        }

        response.Dispose();
        var usage = await gateway.EventOfAsync(_id);
        (usage.Status, usage.HttpStatus, usage.TokenSource).ShouldBe((UsageStatus.Cancelled, 499, TokenSource.Estimated));
        usage.Tokens.Output.ShouldBeGreaterThan(0);
        usage.CostNanoUsd!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    [Trait("Requirement", "G4.5")]
    public async Task The_trace_that_its_caller_began_is_in_the_event()
    {
        gateway.Script(_id, context => SendAsync(context, Reply, "application/json"));

        using var response = await CallAsync(
            """{"model":"phi-3-mini","messages":[{"role":"user","content":"Hello"}]}""", ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

        (await gateway.EventOfAsync(_id)).TraceId.ShouldBe("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    private async Task<HttpResponseMessage> CallAsync(string body, params (string Name, string Value)[] headers)
    {
        using var client = gateway.Gateway.ClientWith(gateway.Key);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-request-id", _id);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private static async Task SendAsync(HttpContext context, string text, string contentType = "text/event-stream")
    {
        context.Response.ContentType = contentType;
        await context.Response.WriteAsync(text);
        await context.Response.Body.FlushAsync();
    }
}
