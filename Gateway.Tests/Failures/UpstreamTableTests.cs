using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Failures;

/// <summary>
/// What happens upstream, and what the caller sees: one test for each row of the table, through two gateways that are processes of their
/// own, between which the requests alternate. Long times are scaled down here and kept in <see cref="UpstreamTableInFullTests"/>; the row
/// of the target that flaps is <see cref="LiveFailoverTests"/>.
/// </summary>
[Collection(nameof(TwoGatewaysTests))]
[Trait("Suite", "failures")]
public sealed class UpstreamTableTests(TwoGateways gateways)
{
    private const string First = "first/";
    private const string Second = "second/";

    [Fact]
    [Trait("Requirement", "G1.4")]
    public async Task A_429_with_Retry_After_2_is_answered_by_the_same_target_after_that_pause()
    {
        var calls = await gateways.AskAsync("pause", stream: false, exchange =>
        {
            exchange.Context.Response.Headers.RetryAfter = "2";
            return exchange.Visit == 1 ? exchange.FailAsync(429) : exchange.AnswerAsync();
        });

        calls.ShouldAllBe(call => call.Status == HttpStatusCode.OK && call.Target == "first/pause" && call.AtFirst.Count == 2);
        calls.ShouldAllBe(call => TimeProvider.System.GetElapsedTime(call.AtFirst[0], call.AtFirst[1]) >= TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("hiccup-500")]
    [InlineData("hiccup-reset")]
    [Trait("Requirement", "G1.4")]
    public async Task One_500_or_reset_is_followed_by_the_same_targets_answer(string row)
    {
        var calls = await gateways.AskAsync(row, stream: false, exchange =>
            exchange.Visit > 1 ? exchange.AnswerAsync() : row == "hiccup-500" ? exchange.FailAsync(500) : exchange.ResetAsync());

        calls.ShouldAllBe(call => call.Status == HttpStatusCode.OK && call.Target == First + row && call.AtSecond.Count == 0);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [Trait("Requirement", "G1.2")]
    public async Task A_429_or_503_for_ever_is_answered_by_the_next_target(int status)
    {
        var row = string.Create(CultureInfo.InvariantCulture, $"for-ever-{status}");

        var calls = await gateways.AskAsync(row, stream: false, exchange => exchange.FailAsync(status));

        calls.ShouldAllBe(call => call.Status == HttpStatusCode.OK && call.Target == Second + row);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Requirement", "G1.2")]
    public async Task Silence_is_answered_by_the_next_target_in_time_and_asked_once(bool stream)
    {
        var calls = await gateways.AskAsync("silent", stream, exchange => exchange.SayNothingAsync());

        calls.ShouldAllBe(call => call.Status == HttpStatusCode.OK && call.Target == "second/silent" && call.AtFirst.Count == 1);
        calls.ShouldAllBe(call => call.Took < TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    [Trait("Requirement", "G1.2")]
    public async Task A_first_token_that_is_late_is_taken_from_the_next_target()
    {
        var calls = await gateways.AskAsync("late", stream: true, async exchange =>
        {
            await exchange.StreamAsync(": ping\n\n");
            await exchange.SayNothingAsync();
        });

        calls.ShouldAllBe(call => call.Target == "second/late" && ContentOf(call) == UpstreamExchange.WholeText);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("stall")]
    [InlineData("half-frame")]
    public async Task A_stream_that_breaks_after_40_of_60_tokens_ends_in_an_error_and_without_DONE(string how)
    {
        var calls = await gateways.AskAsync("broken", stream: true, exchange => BreakAsync(exchange, how, isHeld: false));

        foreach (var call in calls)
        {
            ShouldBeBroken(call, "first/broken");
        }
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("stall")]
    [Trait("Requirement", "G1.2")]
    public async Task A_safe_stream_that_breaks_after_40_of_60_tokens_is_the_complete_text_once(string how)
    {
        var calls = await gateways.AskAsync("broken-safe", stream: true, exchange => BreakAsync(exchange, how, isHeld: true));

        calls.ShouldAllBe(call => call.Target == "second/broken-safe" && call.Text.EndsWith(TwoTargets.Done) && ContentOf(call) == UpstreamExchange.WholeText);
    }

    [Fact]
    public async Task A_malformed_chunk_in_the_middle_is_skipped_and_logged_and_the_rest_arrives()
    {
        var calls = await gateways.AskAsync("malformed", stream: true, exchange =>
            exchange.StreamAsync(TwoTargets.Text + "data: {\"choices\":[{\n\n" + TwoTargets.Text + TwoTargets.Stop + TwoTargets.Done));

        calls.ShouldAllBe(call => call.Text == TwoTargets.Text + TwoTargets.Text + TwoTargets.Stop + TwoTargets.Done);
        await gateways.LineAsync("a chunk of first/malformed");
    }

    [Fact]
    public Task A_stream_that_ends_without_DONE_but_with_finish_reason_is_finished_with_its_usage_within_8_s() => Task.WhenAll(
        FinishedWithoutDoneAsync("endless", closes: true),
        FinishedWithoutDoneAsync("endless-open", closes: false),
        FinishedWithoutDoneAsync("endless-safe", closes: true),
        FinishedWithoutDoneAsync("endless-safe-open", closes: false));

    [Theory]
    [InlineData("context", HttpStatusCode.OK, 1)]
    [InlineData("context-no-room", HttpStatusCode.BadRequest, 0)]
    public async Task A_context_that_is_too_long_goes_to_a_larger_window_or_comes_back_at_once(string row, HttpStatusCode status, int callsOfTheNext)
    {
        var calls = await gateways.AskAsync(row, stream: false, exchange => exchange.FailAsync(400, """{"error":{"message":"too many tokens","code":"context_length_exceeded"}}"""));

        calls.ShouldAllBe(call => call.Status == status && call.AtFirst.Count == 1 && call.AtSecond.Count == callsOfTheNext);
    }

    [Fact]
    public async Task Content_that_a_policy_refuses_is_400_at_once()
    {
        var calls = await gateways.AskAsync("policy", stream: false, exchange => exchange.FailAsync(400, """{"error":{"message":"no","code":"content_policy_violation"}}"""));

        calls.ShouldAllBe(call => call.Status == HttpStatusCode.BadRequest && call.Attempts == "1" && call.AtSecond.Count == 0);
        calls.ShouldAllBe(call => call.Text.Contains("content_policy_violation"));
    }

    [Fact]
    [Trait("Requirement", "G1.2")]
    public async Task A_fallback_that_refuses_the_partial_answer_is_asked_from_the_beginning()
    {
        var calls = await gateways.AskAsync(
            "prefill",
            stream: true,
            exchange => BreakAsync(exchange, "cut", isHeld: true),
            exchange => exchange.IsPrefilled ? exchange.FailAsync(400, """{"error":{"message":"no prefill here"}}""") : exchange.AnswerAsync());

        calls.ShouldAllBe(call => call.Target == "second/prefill" && ContentOf(call) == UpstreamExchange.WholeText);
    }

    [Fact]
    [Trait("Requirement", "G1.2")]
    public async Task An_answer_of_the_fallback_names_its_model_and_has_its_usage_and_its_price()
    {
        var calls = await gateways.AskAsync("priced", stream: false, exchange => exchange.FailAsync(500));

        // 3 tokens in at 20 and 1 out at 30 dollars per million.
        calls.ShouldAllBe(call => call.Target == "second/priced" && decimal.Parse(call.CostUsd!, CultureInfo.InvariantCulture) == 0.00009m);
        calls.ShouldAllBe(call => call.Text == TwoTargets.Reply);
    }

    [Theory]
    [InlineData("no-answer-html", "<html><body>Welcome</body></html>")]
    [InlineData("no-answer-empty", "")]
    [InlineData("no-answer-json", "{\"id\":")]
    [Trait("Requirement", "G1.2")]
    public async Task A_200_that_is_no_answer_is_answered_by_the_next_target(string row, string body)
    {
        var whole = await gateways.AskAsync(row, stream: false, exchange => exchange.JsonAsync(body));
        var streamed = await gateways.AskAsync(row, stream: true, exchange => exchange.StreamAsync(body));

        whole.ShouldAllBe(call => call.Status == HttpStatusCode.OK && call.Target == Second + row && call.Text == TwoTargets.Reply);
        streamed.ShouldAllBe(call => call.Status == HttpStatusCode.OK && call.Target == Second + row && ContentOf(call) == UpstreamExchange.WholeText);
    }

    [Fact]
    public async Task An_unknown_field_role_or_finish_reason_is_passed_through()
    {
        const string Reply = """{"id":"c1","novel":[1.50],"model":"phi","choices":[{"index":0,"message":{"role":"oracle","content":"ok","mood":"good"},"finish_reason":"enlightened"}]}""";
        const string Frames = """data: {"id":"c1","novel":[1.50],"choices":[{"index":0,"delta":{"role":"oracle","content":"Hi"},"finish_reason":"enlightened"}]}""" + "\n\n" + TwoTargets.Done;

        var whole = await gateways.AskAsync("unknown", stream: false, exchange => exchange.JsonAsync(Reply));
        var streamed = await gateways.AskAsync("unknown", stream: true, exchange => exchange.StreamAsync(Frames));

        whole.ShouldAllBe(call => call.Status == HttpStatusCode.OK && call.Text == Reply);
        streamed.ShouldAllBe(call => call.Status == HttpStatusCode.OK && call.Text == Frames);
    }

    private async Task FinishedWithoutDoneAsync(string row, bool closes)
    {
        const string Usage = """data: {"id":"c1","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}""" + "\n\n";

        var calls = await gateways.AskAsync(row, stream: true, async exchange =>
        {
            await exchange.StreamAsync(TwoTargets.Text + TwoTargets.Stop + Usage);
            await (closes ? Task.CompletedTask : exchange.SayNothingAsync());
        });

        foreach (var call in calls)
        {
            call.Target.ShouldBe(First + row);
            call.Text.ShouldEndWith(TwoTargets.Done);
            call.Text.ShouldContain("\"completion_tokens\":1");
            call.Took.ShouldBeLessThan(TimeSpan.FromSeconds(8));
        }
    }

    internal static async Task BreakAsync(UpstreamExchange exchange, string how, bool isHeld)
    {
        await exchange.BeginStreamAsync(isHeld);
        switch (how)
        {
            case "cut":
                await exchange.ResetAsync();
                break;
            case "half-frame":
                await exchange.StreamAsync("data: {\"id\":\"c1\",\"choi");
                break;
            default:
                await exchange.SayNothingAsync();
                break;
        }
    }

    internal static void ShouldBeBroken(TableCall call, string target)
    {
        call.Target.ShouldBe(target);
        call.Text.ShouldStartWith(UpstreamExchange.Tokens(UpstreamExchange.TokensBeforeTheEnd) + "data: {\"error\":");
        call.Text.ShouldNotContain("[DONE]");
        call.AtSecond.ShouldBeEmpty();
    }

    internal static string ContentOf(TableCall call) => string.Concat(
        from frame in call.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        where frame.StartsWith("data: {", StringComparison.Ordinal)
        from choice in JsonNode.Parse(frame["data: ".Length..])!["choices"]?.AsArray() ?? []
        select (string?)choice!["delta"]!["content"]);
}
