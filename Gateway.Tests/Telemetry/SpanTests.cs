using System.Diagnostics;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Telemetry;

/// <summary>What a trace tells of a request, against https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/#inference.</summary>
[Trait("Requirement", "G4.2")]
public sealed class SpanTests
{
    private const string Root = SpanRecorder.Served;

    [Fact]
    public async Task An_answer_is_a_span_for_each_stage_that_takes_time_and_one_for_what_the_model_did()
    {
        using var spans = new SpanRecorder(servers: 2, "Microsoft.AspNetCore", "Gateway.Api");
        await using var system = await TwoTargets.StartAsync(TwoTargets.AnswerAsync);

        await AskAsync(system.Gateway, spans, """{"model":"phi-3-mini","max_tokens":9,"n":2,"messages":[{"role":"user","content":"Hi"}]}""");

        var chat = "chat microsoft/Phi-3-mini-4k-instruct";
        spans.Paths.ShouldBe([Root, $"{Root} > admission", $"{Root} > cache_lookup", $"{Root} > {chat}", $"{Root} > {chat} > attempt"], ignoreOrder: true);
        var span = spans.Spans.Single(span => span.DisplayName == chat);
        span.Kind.ShouldBe(ActivityKind.Client);
        span.Status.ShouldBe(ActivityStatusCode.Unset);
        var port = span.GetTagItem("server.port").ShouldBeOfType<int>();
        span.TagObjects.ShouldBe(
            [
                new("gen_ai.operation.name", "chat"),
                new("gateway.alias", "phi-3-mini"),
                new("gen_ai.provider.name", "vllm"),
                new("gen_ai.request.model", "microsoft/Phi-3-mini-4k-instruct"),
                new("server.address", "127.0.0.1"),
                new("server.port", port),
                new("gen_ai.request.max_tokens", 9L),
                new("gen_ai.request.choice.count", 2L),
                new("gen_ai.usage.input_tokens", 3L),
                new("gen_ai.usage.output_tokens", 1L),
            ]);
    }

    [Fact]
    public async Task A_failed_attempt_and_the_one_that_answered_stand_side_by_side()
    {
        using var spans = new SpanRecorder(servers: 3, "Microsoft.AspNetCore", "Gateway.Api");
        await using var system = await TwoTargets.StartAsync(
            context =>
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return Task.CompletedTask;
            },
            fallback: null,
            ("Gateway:Limits:Retries", "0"));

        await AskAsync(system.Gateway, spans, """{"model":"phi-3-mini","stream":true,"messages":[{"role":"user","content":"Hi"}]}""");

        spans.Paths.ShouldBe(
            [Root, $"{Root} > admission", $"{Root} > cache_lookup", $"{Root} > chat phi", $"{Root} > chat phi > attempt", $"{Root} > chat phi > attempt", $"{Root} > chat phi > relay"], ignoreOrder: true);
        spans.Spans.Where(span => span.DisplayName == "attempt").OrderBy(span => span.StartTimeUtc).Select(span => (span.GetTagItem("gateway.target"), span.GetTagItem("gateway.attempt"), span.GetTagItem("error.type"), span.Status)).ShouldBe(
            [(TwoTargets.Primary, 1, "ServerError", ActivityStatusCode.Error), (TwoTargets.Fallback, 2, null, ActivityStatusCode.Unset)]);
    }

    [Fact]
    public async Task What_failed_says_with_what()
    {
        using var spans = new SpanRecorder(servers: 3, "Microsoft.AspNetCore", "Gateway.Api");
        RequestDelegate away = context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };
        await using var system = await TwoTargets.StartAsync(away, away, ("Gateway:Limits:Retries", "0"));

        await AskAsync(system.Gateway, spans, """{"model":"phi-3-mini","messages":[{"role":"user","content":"Hi"}]}""");

        var span = spans.Spans.Single(span => span.DisplayName == "chat phi");
        (span.GetTagItem("error.type"), span.Status).ShouldBe(("no_target_available", ActivityStatusCode.Error));
    }

    private static async Task AskAsync(GatewayHost gateway, SpanRecorder spans, string body)
    {
        using var caller = await gateway.CallerClientAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, null, "application/json") };

        // As a caller's own trace would; the test's own client adds none where none is begun.
        request.Headers.Add("traceparent", spans.TraceParent);
        using var response = await caller.SendAsync(request, TestContext.Current.CancellationToken);
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        await spans.RequestEnded.WaitAsync(TestContext.Current.CancellationToken);
    }
}
