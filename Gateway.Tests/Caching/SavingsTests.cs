using Gateway.Tests.Batches;
using Gateway.Tests.Hosts;
using Gateway.Tests.Metering;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Caching;

/// <summary>Each request is metered as what it was: paid for once, and saved for the rest.</summary>
[Trait("Requirement", "G5.3")]
[Trait("Requirement", "G4.1")]
public sealed class SavingsTests(MeteredGateway metered) : IClassFixture<MeteredGateway>
{
    // 3 tokens at 250 nano-dollars and 1 at 1,250.
    private const long Cost = 2_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hit_costs_nothing_and_says_what_it_saved()
    {
        metered.Script("paid", context => CachedGateway.SendAsync(context, CachedGateway.Reply("x")));
        await AskAsync("paid", "hit");
        await AskAsync("saved", "hit");

        var paid = await metered.EventOfAsync("paid");
        var saved = await metered.EventOfAsync("saved");
        (paid.Status, paid.CostNanoUsd, paid.AvoidedBy, paid.AvoidedCostNanoUsd).ShouldBe((UsageStatus.Ok, Cost, AvoidedBy.None, null));
        (saved.Status, saved.CostNanoUsd, saved.AvoidedBy, saved.AvoidedCostNanoUsd).ShouldBe((UsageStatus.Cached, 0, AvoidedBy.Cache, Cost));
        (saved.Tokens, saved.TokenSource, saved.Attempts, saved.Price).ShouldBe((default, TokenSource.None, 0, null));
        $"{saved.Provider}/{saved.Model}".ShouldBe(MeteredGateway.Target);
    }

    [Fact]
    public async Task A_line_of_a_batch_has_a_kept_answer_for_nothing_and_says_what_a_line_would_have_cost()
    {
        metered.Script("before", context => CachedGateway.SendAsync(context, CachedGateway.Reply("x")));
        await AskAsync("before", "of a batch");
        using var http = metered.Gateway.ClientWith(metered.Key);
        var caller = new BatchCaller(http);

        var ended = await caller.RunAsync($$"""{"custom_id":"1","method":"POST","url":"/v1/chat/completions","body":{{CachedGateway.Chat("of a batch")}}}""");

        BatchCaller.CountsOf(ended).ShouldBe((1, 1, 0));
        var line = (await caller.OutputOfAsync(ended)).ShouldHaveSingleItem();
        var saved = await metered.EventOfAsync((string)line["response"]!["request_id"]!);
        (saved.Batch, saved.Status, saved.CostNanoUsd, saved.AvoidedBy, saved.AvoidedCostNanoUsd).ShouldBe((true, UsageStatus.Cached, 0, AvoidedBy.Cache, Cost / 2));
        (saved.Tokens, saved.TokenSource, saved.Attempts, saved.Price).ShouldBe((default, TokenSource.None, 0, null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_those_who_share_a_call_the_first_pays(bool stream)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var name = $"share-{stream}";
        metered.Script($"{name}-0", async context =>
        {
            await go.Task;
            await (stream
                ? CachedGateway.StreamAsync(context, CachedGateway.Chunk("x"), CachedGateway.Finish(), CachedGateway.Usage.Replace("\"completion_tokens\":2", "\"completion_tokens\":1", StringComparison.Ordinal), TwoTargets.Done)
                : CachedGateway.SendAsync(context, CachedGateway.Reply("x")));
        });
        var asked = new List<Task> { AskAsync($"{name}-0", name, stream) };
        await metered.Gateway.SharedByAsync(1);
        asked.AddRange(Enumerable.Range(1, 5).Select(number => AskAsync($"{name}-{number}", name, stream)));
        await metered.Gateway.SharedByAsync(6);
        go.SetResult();
        await Task.WhenAll(asked);

        var first = await metered.EventOfAsync($"{name}-0");
        (first.Status, first.CostNanoUsd, first.Tokens.Total(), first.Attempts).ShouldBe((UsageStatus.Ok, Cost, 4, 1));
        for (var number = 1; number <= 5; number++)
        {
            var other = await metered.EventOfAsync($"{name}-{number}");
            (other.Status, other.CostNanoUsd, other.Tokens.Total(), other.AvoidedBy, other.AvoidedCostNanoUsd).ShouldBe((UsageStatus.Cached, 0, 0, AvoidedBy.SingleFlight, Cost));
        }
    }

    [Fact]
    public async Task Where_the_first_leaves_another_pays_and_the_call_is_paid_for_once()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        metered.Script("leaver", async context =>
        {
            await go.Task;
            await CachedGateway.SendAsync(context, CachedGateway.Reply("x"));
        });
        using var leaving = new CancellationTokenSource();
        var first = AskAsync("leaver", "left", cancellationToken: leaving.Token);
        await metered.Gateway.SharedByAsync(1);
        var second = AskAsync("stayer", "left");
        await metered.Gateway.SharedByAsync(2);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        var left = await metered.EventOfAsync("leaver");
        go.SetResult();
        await second;

        (left.Status, left.CostNanoUsd, left.AvoidedBy).ShouldBe((UsageStatus.Cancelled, 0, AvoidedBy.None));
        var stayed = await metered.EventOfAsync("stayer");
        (stayed.Status, stayed.CostNanoUsd, stayed.Tokens.Total()).ShouldBe((UsageStatus.Ok, Cost, 4));
    }

    [Fact]
    public async Task Where_all_leave_the_last_one_pays_for_what_has_passed()
    {
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string[] ids = ["gone-0", "gone-1"];
        foreach (var id in ids)
        {
            metered.Script(id, async context =>
            {
                called.TrySetResult();
                await TwoTargets.SayNothingAsync(context);
            });
        }

        using var leaving = new CancellationTokenSource();
        var asked = ids.Select(id => AskAsync(id, "gone", cancellationToken: leaving.Token)).ToList();
        await called.Task.WaitAsync(Cancelled);
        await metered.Gateway.SharedByAsync(2);
        await leaving.CancelAsync();
        foreach (var one in asked)
        {
            await Should.ThrowAsync<OperationCanceledException>(one);
        }

        var costs = new[] { (await metered.EventOfAsync(ids[0])).CostNanoUsd, (await metered.EventOfAsync(ids[1])).CostNanoUsd };
        costs.Count(cost => cost == 0).ShouldBe(1);
        costs.Max()!.Value.ShouldBeGreaterThan(0);
    }

    private async Task AskAsync(string requestId, string prompt, bool stream = false, CancellationToken? cancellationToken = null)
    {
        using var caller = metered.Gateway.ClientWith(metered.Key);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(CachedGateway.Chat(prompt, stream), System.Text.Encoding.UTF8, "application/json"),
            Headers = { { "x-request-id", requestId } },
        };
        using var response = await caller.SendAsync(request, cancellationToken ?? Cancelled);
        response.EnsureSuccessStatusCode();
    }
}
