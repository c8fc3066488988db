using System.Net;
using Gateway.Api.Batches.Lines;
using Gateway.Tests.Batches.Lines;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Caching;

[Trait("Requirement", "G5.5")]
public sealed class SingleFlightTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stampede_of_500_identical_requests_is_one_call(bool stream)
    {
        await using var system = await CachedGateway.StartAsync();
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.Script = async (context, _, _) =>
        {
            await go.Task;
            await (stream
                ? CachedGateway.StreamAsync(context, CachedGateway.Chunk("one"), CachedGateway.Finish(), CachedGateway.Usage, TwoTargets.Done)
                : CachedGateway.SendAsync(context, CachedGateway.Reply("one")));
        };
        var asked = Enumerable.Range(0, 500).Select(_ => system.AskAsync(CachedGateway.Chat(stream: stream))).ToList();
        await system.SharedByAsync(500);
        go.SetResult();
        var answers = await Task.WhenAll(asked);

        system.Calls.ShouldBe(1);
        answers.Select(answer => answer.Body).Distinct().Count().ShouldBe(1);
        answers[0].Body.ShouldContain("one");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_caller_may_leave(bool stream)
    {
        await using var system = await CachedGateway.StartAsync();
        var (called, go) = (NewSignal(), NewSignal());
        system.Script = async (context, _, _) =>
        {
            if (stream)
            {
                await CachedGateway.StreamAsync(context, CachedGateway.Chunk("one"));
            }

            called.TrySetResult();
            await go.Task.WaitAsync(context.RequestAborted);
            await (stream ? CachedGateway.StreamAsync(context, CachedGateway.Chunk(" two"), CachedGateway.Finish(), TwoTargets.Done) : CachedGateway.SendAsync(context, CachedGateway.Reply("one two")));
        };
        using var leaving = new CancellationTokenSource();
        using var leaver = await system.Gateway.CallerClientAsync();
        var first = SendAsync(leaver, CachedGateway.Chat(stream: stream), leaving.Token);
        await called.Task.WaitAsync(Cancelled);
        var second = system.AskAsync(CachedGateway.Chat(stream: stream));
        await system.SharedByAsync(2);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        go.SetResult();

        (await second).Body.ShouldContain("two");
        system.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task The_call_ends_when_all_have_left()
    {
        await using var system = await CachedGateway.StartAsync();
        var (called, ended) = (NewSignal(), NewSignal());
        system.Script = async (context, _, _) =>
        {
            using var registration = context.RequestAborted.Register(() => ended.TrySetResult());
            called.TrySetResult();
            await TwoTargets.SayNothingAsync(context);
        };
        using var leaving = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 3).Select(_ => SendAsync(system.Caller, CachedGateway.Chat(), leaving.Token)).ToList();
        await called.Task.WaitAsync(Cancelled);
        await system.SharedByAsync(3);
        await leaving.CancelAsync();
        foreach (var caller in callers)
        {
            await Should.ThrowAsync<OperationCanceledException>(caller);
        }

        await ended.Task.WaitAsync(Cancelled);
        system.Script = (context, _, _) => CachedGateway.SendAsync(context, CachedGateway.Reply("anew"));
        (await system.AskAsync(CachedGateway.Chat())).Body.ShouldContain("anew");
    }

    [Fact]
    public async Task Who_comes_later_gets_what_has_passed_and_then_what_comes_and_a_slow_reader_keeps_nobody_waiting()
    {
        await using var system = await CachedGateway.StartAsync();
        var (begun, go) = (NewSignal(), NewSignal());
        var large = new string('x', 400_000);
        system.Script = async (context, _, _) =>
        {
            await CachedGateway.StreamAsync(context, CachedGateway.Chunk("early"));
            begun.TrySetResult();
            await go.Task;
            for (var i = 0; i < 20; i++)
            {
                await CachedGateway.StreamAsync(context, CachedGateway.Chunk(large));
            }

            await CachedGateway.StreamAsync(context, CachedGateway.Chunk("late"), CachedGateway.Finish(), TwoTargets.Done);
        };

        // The first one's head is there, and it reads no further.
        using var slow = await system.PostAsync(CachedGateway.Chat(stream: true));
        await begun.Task.WaitAsync(Cancelled);
        using var late = await system.PostAsync(CachedGateway.Chat(stream: true));
        await using var body = await late.Content.ReadAsStreamAsync(Cancelled);
        var first = new byte[CachedGateway.Chunk("early").Length];
        await body.ReadExactlyAsync(first, Cancelled);
        go.SetResult();
        var rest = await new StreamReader(body).ReadToEndAsync(Cancelled);

        rest.ShouldEndWith(CachedGateway.Chunk("late") + CachedGateway.Finish() + TwoTargets.Done);
        system.Calls.ShouldBe(1);
        (await slow.Content.ReadAsStringAsync(Cancelled)).ShouldEndWith(TwoTargets.Done);
    }

    [Fact]
    public async Task A_failure_is_told_to_all_and_not_kept()
    {
        await using var system = await CachedGateway.StartAsync();
        var go = NewSignal();
        system.Script = async (context, _, _) =>
        {
            await go.Task;
            await TwoTargets.FailAsync(context, 400, """{"error":{"message":"no such thing"}}""");
        };
        var asked = Enumerable.Range(0, 20).Select(_ => system.PostAsync(CachedGateway.Chat())).ToList();
        await system.SharedByAsync(20);
        go.SetResult();
        var responses = await Task.WhenAll(asked);

        responses.Select(response => response.StatusCode).Distinct().ShouldBe([HttpStatusCode.BadRequest]);
        (await responses[19].Content.ReadAsStringAsync(Cancelled)).ShouldContain("no such thing");
        system.Calls.ShouldBe(1);
        (await system.PostAsync(CachedGateway.Chat())).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        system.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_stream_that_breaks_breaks_for_all()
    {
        await using var system = await CachedGateway.StartAsync();
        var (begun, go) = (NewSignal(), NewSignal());
        system.Script = async (context, _, _) =>
        {
            await CachedGateway.StreamAsync(context, CachedGateway.Chunk("one"));
            begun.TrySetResult();
            await go.Task;
            context.Abort();
        };
        var first = system.AskAsync(CachedGateway.Chat(stream: true));
        await begun.Task.WaitAsync(Cancelled);
        using var second = await system.PostAsync(CachedGateway.Chat(stream: true));
        go.SetResult();

        foreach (var (_, body) in new[] { await first, await CachedGateway.ReadAsync(second) })
        {
            body.ShouldContain("the answer is not complete");
            body.ShouldNotContain("[DONE]");
        }

        system.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_refreshes_has_a_call_of_its_own()
    {
        await using var system = await CachedGateway.StartAsync();
        var (called, go) = (NewSignal(), NewSignal());
        system.Script = async (context, _, number) =>
        {
            called.TrySetResult();
            await (number == 1 ? go.Task : Task.CompletedTask);
            await CachedGateway.SendAsync(context, CachedGateway.Reply($"answer {number}"));
        };
        var first = system.AskAsync(CachedGateway.Chat());
        await called.Task.WaitAsync(Cancelled);
        (await system.AskAsync(CachedGateway.Chat(), ("x-gateway-cache", "refresh"))).Body.ShouldContain("answer 2");
        go.SetResult();
        (await first).Body.ShouldContain("answer 1");
    }

    [Fact]
    public async Task Nobody_who_waits_follows_a_line_of_a_batch_nor_a_line_somebody_who_waits()
    {
        await using var system = await CachedGateway.StartAsync();
        using var acme = await system.CallerOfAsync("acme");
        var go = NewSignal();
        system.Script = async (context, _, _) =>
        {
            await go.Task;
            await CachedGateway.SendAsync(context, CachedGateway.Reply("x"));
        };
        var lines = new List<Task<LineAnswer>> { system.Gateway.RunLineAsync("acme", "/v1/chat/completions", CachedGateway.Chat()) };
        await system.SharedByAsync(1);
        var asked = CachedGateway.PostAsync(acme, "/v1/chat/completions", CachedGateway.Chat());
        await system.SharedByAsync(2);
        lines.Add(system.Gateway.RunLineAsync("acme", "/v1/chat/completions", CachedGateway.Chat()));
        await system.SharedByAsync(3);
        go.SetResult();

        (await Task.WhenAll(lines)).ShouldAllBe(line => line.IsOk);
        (await CachedGateway.ReadAsync(await asked)).Cache.ShouldBe("miss");
        system.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_follows_a_call_of_a_lower_tier()
    {
        await using var system = await CachedGateway.StartAsync(("Gateway:Tiers:gold:Priority", "5"));
        using var free = await system.CallerOfAsync("acme");
        using var gold = await system.CallerOfAsync("acme", "gold");
        var go = NewSignal();
        system.Script = async (context, _, _) =>
        {
            await go.Task;
            await CachedGateway.SendAsync(context, CachedGateway.Reply("x"));
        };
        var asked = new List<Task<HttpResponseMessage>>();
        foreach (var caller in new[] { free, gold, gold })
        {
            asked.Add(CachedGateway.PostAsync(caller, "/v1/chat/completions", CachedGateway.Chat()));
            await system.SharedByAsync(asked.Count);
        }

        go.SetResult();
        (await Task.WhenAll(asked)).ShouldAllBe(response => response.IsSuccessStatusCode);
        system.Calls.ShouldBe(2);
    }

    private static async Task SendAsync(HttpClient caller, string body, CancellationToken leaving)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await caller.PostAsync("/v1/chat/completions", content, leaving);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
