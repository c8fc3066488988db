using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Pipeline;

/// <summary>What the caller sees when upstreams misbehave, over real sockets: before the first byte another attempt, after it an honest error.</summary>
public sealed class FailoverTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G1.4")]
    public async Task A_short_pause_that_a_provider_asks_for_is_kept_and_the_same_target_answers()
    {
        var calls = new List<long>();
        await using var targets = await TwoTargets.StartAsync(context =>
        {
            calls.Add(Stopwatch.GetTimestamp());
            context.Response.Headers.RetryAfter = "1";
            return calls.Count == 1 ? TwoTargets.FailAsync(context, 429) : TwoTargets.AnswerAsync(context);
        });

        using var response = await targets.CallAsync();

        Answered(response).ShouldBe((HttpStatusCode.OK, TwoTargets.Primary, "2"));
        Stopwatch.GetElapsedTime(calls[0], calls[1]).TotalSeconds.ShouldBeInRange(1, 3);
    }

    [Fact]
    [Trait("Requirement", "G1.2")]
    public async Task A_long_pause_sends_the_request_to_the_next_target_at_once_and_leaves_the_first_alone()
    {
        var calls = 0;
        await using var targets = await TwoTargets.StartAsync(context =>
        {
            calls++;
            context.Response.Headers.RetryAfter = "60";
            return TwoTargets.FailAsync(context, 429);
        });

        using var first = await targets.CallAsync();
        using var second = await targets.CallAsync();

        Answered(first).ShouldBe((HttpStatusCode.OK, TwoTargets.Fallback, "2"));
        Answered(second).ShouldBe((HttpStatusCode.OK, TwoTargets.Fallback, "1"));
        calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(0)]
    public async Task One_hiccup_does_not_make_the_request_leave_its_target(int status)
    {
        var calls = 0;
        await using var targets = await TwoTargets.StartAsync(context => Interlocked.Increment(ref calls) > 1 ? TwoTargets.AnswerAsync(context) : HiccupAsync(context, status));

        using var response = await targets.CallAsync();

        Answered(response).ShouldBe((HttpStatusCode.OK, TwoTargets.Primary, "2"));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(0)]
    [Trait("Requirement", "G1.2")]
    public async Task What_fails_for_good_is_answered_by_the_next_target(int status)
    {
        await using var targets = await TwoTargets.StartAsync(context => HiccupAsync(context, status));

        using var response = await targets.CallAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("x-gateway-target").ShouldBe([TwoTargets.Fallback]);
        ((string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["model"]).ShouldBe("phi");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_target_that_says_nothing_is_left_in_time_and_not_tried_again(bool stream)
    {
        var calls = 0;
        await using var targets = await TwoTargets.StartAsync(
            context =>
            {
                Interlocked.Increment(ref calls);
                return TwoTargets.SayNothingAsync(context);
            },
            fallback: null,
            ("Gateway:Limits:RequestTimeoutSeconds", "3"), ("Gateway:Limits:FirstTokenTimeoutSeconds", "0.3"), ("Gateway:Limits:FallbackReserveSeconds", "2.7"));
        var since = Stopwatch.GetTimestamp();

        using var response = await targets.CallAsync(stream);

        Answered(response).ShouldBe((HttpStatusCode.OK, TwoTargets.Fallback, "2"));
        Stopwatch.GetElapsedTime(since).TotalSeconds.ShouldBeInRange(0.25, 2.5);
        calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("4096", false)]
    [InlineData("8192", true)]
    public async Task A_context_that_is_too_long_goes_where_there_is_room(string? window, bool answered)
    {
        await using var targets = await TwoTargets.StartAsync(
            context => TwoTargets.FailAsync(context, 400, """{"error":{"message":"too many tokens","code":"context_length_exceeded"}}"""),
            fallback: null,
            [("Gateway:Models:phi-3-mini:Targets:0:ContextWindow", "4096"), .. window is null ? Array.Empty<(string, string)>() : [("Gateway:Models:phi-3-mini:Targets:1:ContextWindow", window)]]);

        using var response = await targets.CallAsync();

        (response.StatusCode, response.Headers.GetValues("x-gateway-attempts").Single()).ShouldBe(answered ? (HttpStatusCode.OK, "2") : (HttpStatusCode.BadRequest, "1"));
    }

    [Fact]
    public async Task Content_that_a_policy_refuses_is_not_taken_elsewhere()
    {
        await using var targets = await TwoTargets.StartAsync(context => TwoTargets.FailAsync(context, 400, """{"error":{"message":"no","code":"content_policy_violation"}}"""));

        using var response = await targets.CallAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Headers.GetValues("x-gateway-attempts").ShouldBe(["1"]);
    }

    [Theory]
    [InlineData("<html></html>")]
    [InlineData("")]
    [InlineData("{\"id\":")]
    public async Task A_success_that_is_none_is_answered_by_the_next_target(string body)
    {
        await using var targets = await TwoTargets.StartAsync(context => TwoTargets.SendAsync(context, body, "application/json"));

        using var response = await targets.CallAsync();

        Answered(response).ShouldBe((HttpStatusCode.OK, TwoTargets.Fallback, "2"));
    }

    [Fact]
    public async Task A_stream_that_is_cut_after_its_first_token_ends_in_an_error_and_is_not_begun_again()
    {
        var firstTokenIsThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var targets = await TwoTargets.StartAsync(async context =>
        {
            await TwoTargets.SendAsync(context, TwoTargets.Text);
            await firstTokenIsThere.Task;
            context.Abort();
        });

        using var response = await targets.CallAsync(stream: true);
        await using var stream = await response.Content.ReadAsStreamAsync(Token);
        await stream.ReadExactlyAsync(new byte[TwoTargets.Text.Length], Token);
        firstTokenIsThere.SetResult();

        var rest = await new StreamReader(stream).ReadToEndAsync(Token);
        rest.ShouldStartWith("data: {\"error\":");
        rest.ShouldNotContain("[DONE]");
        response.Headers.GetValues("x-gateway-attempts").ShouldBe(["1"]);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("stalls")]
    [InlineData("error")]
    public async Task A_safe_stream_that_breaks_is_answered_whole_by_the_next_target(string how)
    {
        await using var targets = await TwoTargets.StartAsync(
            context => how switch
            {
                "cut" => CutAsync(context),
                "stalls" => StallAsync(context),
                _ => TwoTargets.SendAsync(context, TwoTargets.Text + "data: {\"error\":{\"message\":\"x\"}}\n\n"),
            },
            context => TwoTargets.SendAsync(context, TwoTargets.Text + TwoTargets.Text + TwoTargets.Stop + TwoTargets.Done),
            ("Gateway:Models:phi-3-mini:SafeStream", "true"), ("Gateway:Models:phi-3-mini:StreamIdleTimeoutSeconds", "0.3"));

        using var response = await targets.CallAsync(stream: true);

        (await response.Content.ReadAsStringAsync(Token)).ShouldBe(TwoTargets.Text + TwoTargets.Text + TwoTargets.Stop + TwoTargets.Done);
        response.Headers.GetValues("x-gateway-target").ShouldBe([TwoTargets.Fallback]);
    }

    [Fact]
    public async Task A_safe_stream_that_nobody_completes_is_an_error_and_no_part_of_an_answer()
    {
        await using var targets = await TwoTargets.StartAsync(CutAsync, CutAsync, ("Gateway:Models:phi-3-mini:SafeStream", "true"));

        using var response = await targets.CallAsync(stream: true);

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await response.Content.ReadAsStringAsync(Token)).ShouldNotContain("delta");
    }

    [Fact]
    public async Task A_target_that_keeps_failing_is_left_alone_and_tried_again_when_its_time_has_come()
    {
        var (calls, isWell) = (0, false);
        await using var targets = await TwoTargets.StartAsync(
            context =>
            {
                Interlocked.Add(ref calls, context.Request.Path == "/health" ? 0 : 1);
                return isWell ? TwoTargets.AnswerAsync(context) : TwoTargets.FailAsync(context, 500);
            },
            fallback: null,
            ("Gateway:Limits:Retries", "0"));
        for (var i = 0; i < 5; i++)
        {
            using var failed = await targets.CallAsync();
            Answered(failed).ShouldBe((HttpStatusCode.OK, TwoTargets.Fallback, "2"));
        }

        using (var leftAlone = await targets.CallAsync())
        {
            Answered(leftAlone).ShouldBe((HttpStatusCode.OK, TwoTargets.Fallback, "1"));
        }

        calls.ShouldBe(5);
        isWell = true;
        var since = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        string answeredBy;
        do
        {
            await timer.WaitForNextTickAsync(Token);
            using var response = await targets.CallAsync();
            answeredBy = Answered(response).Target;
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        while (answeredBy != TwoTargets.Primary);
        Stopwatch.GetElapsedTime(since).TotalSeconds.ShouldBeLessThan(30);
    }

    private static (HttpStatusCode Status, string Target, string Attempts) Answered(HttpResponseMessage response) =>
        (response.StatusCode, response.Headers.GetValues("x-gateway-target").Single(), response.Headers.GetValues("x-gateway-attempts").Single());

    private static Task HiccupAsync(HttpContext context, int status)
    {
        if (status == 0)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        return TwoTargets.FailAsync(context, status);
    }

    private static async Task CutAsync(HttpContext context)
    {
        await TwoTargets.SendAsync(context, TwoTargets.Text);
        context.Abort();
    }

    private static async Task StallAsync(HttpContext context)
    {
        await TwoTargets.SendAsync(context, TwoTargets.Text);
        await TwoTargets.SayNothingAsync(context);
    }
}
