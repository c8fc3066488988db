using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Batches.Lines;
using Gateway.Tests.Batches.Lines;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Grouping;

[Trait("Requirement", "G5.5")]
public sealed class EmbeddingGroupsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_at_once_share_a_call_and_each_gets_its_own_vectors_and_its_part_of_the_usage()
    {
        await using var system = await GroupingGateway.StartAsync();
        var first = await system.FirstAsync();
        var inputs = Enumerable.Range(0, 63).Select(number => number % 3 == 0 ? $"""["{number}","{new string('x', number)}"]""" : $"\"text {number} \\u00e9\"").ToList();
        var asked = inputs.Select(input => system.AskAsync(input)).ToList();
        await system.GatheredAsync(63);
        system.Fire();
        var replies = await Task.WhenAll(asked.Select(GroupingGateway.ReadAsync));
        system.Go();
        ((string)(await GroupingGateway.ReadAsync(first))["object"]!).ShouldBe("list");

        system.Calls.Count.ShouldBe(2);
        for (var i = 0; i < inputs.Count; i++)
        {
            var each = JsonNode.Parse(inputs[i])! is JsonArray list ? list.Select(input => input!).ToList() : [JsonNode.Parse(inputs[i])!];
            replies[i]["data"]!.AsArray().Select(item => ((int)item!["index"]!, ((int)item["embedding"]![0]!, (int)item["embedding"]![1]!))).ShouldBe(each.Select((input, index) => (index, GroupingGateway.VectorOf(input))));
            ((string)replies[i]["model"]!, (string)replies[i]["object"]!).ShouldBe(("e", "list"));
        }

        var inputCount = system.Calls[1]["input"]!.AsArray().Count;
        inputCount.ShouldBe(63 + 21);
        replies.Sum(reply => (int)reply["usage"]!["prompt_tokens"]!).ShouldBe((inputCount * 7) + 3);
        replies.Sum(reply => (int)reply["usage"]!["total_tokens"]!).ShouldBe((inputCount * 7) + 3);
    }

    [Fact]
    public async Task A_request_alone_waits_for_nobody()
    {
        await using var system = await GroupingGateway.StartAsync();
        system.Go();

        (await GroupingGateway.ReadAsync(system.AskAsync("\"a\"")))["data"]!.AsArray().Count.ShouldBe(1);
        (await GroupingGateway.ReadAsync(system.AskAsync("\"b\"")))["data"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Parameters_kinds_of_input_and_tenants_are_kept_apart()
    {
        await using var system = await GroupingGateway.StartAsync();
        using var other = system.Gateway.ClientWith(await system.Gateway.CreateKeyAsync(new { name = "o", tenant = "other" }));
        var kinds = new (string Input, string More, HttpClient? Caller)[]
        {
            ("\"a\"", "", null), ("\"b\"", ",\"encoding_format\":\"base64\"", null), ("[[1,2],[3]]", "", null), ("\"d\"", ",\"dimensions\":2", null), ("\"e\"", ",\"user\":\"ann\"", null), ("\"f\"", "", other),
        };
        var asked = new List<Task<HttpResponseMessage>>();
        foreach (var (input, more, caller) in kinds)
        {
            // Of the kind of another that is under way it would be gathered, and the upstream not called.
            var calls = system.Calls.Count;
            asked.Add(system.AskAsync(input, more, caller));
            await GroupingGateway.UntilAsync(() => system.Calls.Count > calls || asked[^1].IsCompleted);
        }

        system.Go();
        foreach (var reply in await Task.WhenAll(asked.Select(GroupingGateway.ReadAsync)))
        {
            reply["data"].ShouldNotBeNull();
        }

        system.Calls.Count.ShouldBe(kinds.Length);
    }

    [Fact]
    public async Task Lines_of_a_batch_go_together_and_nobody_who_waits_goes_with_them()
    {
        await using var system = await GroupingGateway.StartAsync();
        using var acme = system.Gateway.ClientWith(await system.Gateway.CreateKeyAsync(new { name = "waits", tenant = "acme" }));
        var under = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.Script = async (_, asked) =>
        {
            await (asked["input"] is JsonValue value && (string)value! == "alone" ? under.Task : Task.CompletedTask);
            return false;
        };

        // Alone of its kind, though a line is under way.
        var lines = new List<Task<LineAnswer>> { LineAsync(system, "the first line") };
        await GroupingGateway.UntilAsync(() => system.Calls.Count == 1);
        var waits = new List<Task<HttpResponseMessage>> { system.AskAsync("\"alone\"", caller: acme) };
        await GroupingGateway.UntilAsync(() => system.Calls.Count == 2);

        lines.AddRange([LineAsync(system, "a"), LineAsync(system, "b")]);
        waits.AddRange([system.AskAsync("\"c\"", caller: acme), system.AskAsync("\"d\"", caller: acme)]);
        await system.GatheredAsync(4);
        system.Fire();
        await GroupingGateway.UntilAsync(() => system.Calls.Count == 4);
        under.SetResult();
        system.Go();

        (await Task.WhenAll(lines)).ShouldAllBe(line => line.IsOk);
        (await Task.WhenAll(waits)).ShouldAllBe(response => response.IsSuccessStatusCode);
        system.Calls.Skip(2).Select(call => string.Join(' ', call["input"]!.AsArray().Select(input => (string)input!).Order())).Order().ShouldBe(["a b", "c d"]);
    }

    [Fact]
    public async Task Formats_and_tokens_come_back_as_asked()
    {
        await using var system = await GroupingGateway.StartAsync();
        var first = await system.FirstAsync();
        const string Base64 = ",\"encoding_format\":\"base64\"";

        // The first of each kind goes alone: held back here by the upstream's silence until the others have come.
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.Script = async (_, asked) =>
        {
            await (asked["input"] is JsonValue { } value && value.ToString().StartsWith("lead", StringComparison.Ordinal) || asked["input"]!.ToJsonString() == "[9]" ? silent.Task : Task.CompletedTask);
            return false;
        };
        var leads = new[] { system.AskAsync("\"lead\"", Base64), system.AskAsync("[9]") };
        await GroupingGateway.UntilAsync(() => system.Calls.Count == 3);
        var asked = new[] { system.AskAsync("\"a\"", Base64), system.AskAsync("[\"b\",\"c\"]", Base64), system.AskAsync("[1,2]"), system.AskAsync("[[3],[4,5]]") };
        await system.GatheredAsync(4);
        system.Fire();
        var replies = await Task.WhenAll(asked.Select(GroupingGateway.ReadAsync));
        silent.SetResult();
        system.Go();
        await Task.WhenAll([first, .. leads]);

        ((string)replies[0]["data"]![0]!["embedding"]!).ShouldBe($"b64 {GroupingGateway.VectorOf(JsonNode.Parse("\"a\"")!)}");
        ((string)replies[1]["data"]![1]!["embedding"]!).ShouldBe($"b64 {GroupingGateway.VectorOf(JsonNode.Parse("\"c\"")!)}");
        ((int)replies[2]["data"]![0]!["embedding"]![1]!).ShouldBe("[1,2]".Length);
        replies[3]["data"]!.AsArray().Count.ShouldBe(2);
        system.Calls.Count.ShouldBe(5);
    }

    [Fact]
    public async Task One_bad_input_is_its_senders_affair()
    {
        await using var system = await GroupingGateway.StartAsync();
        var first = await system.FirstAsync();
        var asked = new[] { "\"good\"", "\"bad\"", "[\"fine\",\"too\"]" }.Select(input => system.AskAsync(input)).ToList();
        await system.GatheredAsync(3);
        system.Fire();
        var responses = await Task.WhenAll(asked);
        system.Go();
        await first;

        responses.Select(response => response.StatusCode).ShouldBe([HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.OK]);
        (await responses[1].Content.ReadAsStringAsync(Cancelled)).ShouldContain("an input is bad");
        system.Calls.Count.ShouldBe(1 + 1 + 3);
    }

    [Theory]
    [InlineData("""{"object":"list","data":[{"index":0,"embedding":[1]}]}""")]
    [InlineData("""{"object":"list","data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}""")]
    [InlineData("""{"object":"list","data":[{"index":0,"embedding":[1]},{"index":7,"embedding":[1]}]}""")]
    [InlineData("""{"object":"list","data":[{"embedding":[1]},{"embedding":[1]}]}""")]
    [InlineData("""{"object":"list"}""")]
    public async Task A_reply_that_is_not_one_vector_for_each_input_is_given_to_nobody(string reply)
    {
        await using var system = await GroupingGateway.StartAsync();
        var first = await system.FirstAsync();
        system.Script = async (context, call) =>
        {
            var isGroup = call["input"] is JsonArray { Count: 2 };
            await (isGroup ? TwoTargets.SendAsync(context, reply, "application/json") : Task.CompletedTask);
            return isGroup;
        };
        var asked = new[] { "\"a\"", "\"b\"" }.Select(input => system.AskAsync(input)).ToList();
        await system.GatheredAsync(2);
        system.Fire();
        foreach (var answer in await Task.WhenAll(asked.Select(GroupingGateway.ReadAsync)))
        {
            ((int)answer["usage"]!["total_tokens"]!).ShouldBe(10);
        }

        system.Go();
        await first;
    }

    [Fact]
    public async Task An_upstream_that_fails_fails_each()
    {
        await using var system = await GroupingGateway.StartAsync();
        var first = await system.FirstAsync();
        system.Script = async (context, _) =>
        {
            await TwoTargets.FailAsync(context, 500);
            return true;
        };
        var asked = new[] { "\"a\"", "\"b\"" }.Select(input => system.AskAsync(input)).ToList();
        await system.GatheredAsync(2);
        system.Fire();

        (await Task.WhenAll(asked)).Select(response => response.StatusCode).ShouldBe([HttpStatusCode.BadGateway, HttpStatusCode.BadGateway]);
        system.Calls.Count.ShouldBe(2);
        system.Go();
        await first;
    }

    [Fact]
    public async Task Who_leaves_before_the_call_is_not_in_it_and_who_leaves_after_it_spoils_nothing()
    {
        await using var system = await GroupingGateway.StartAsync();
        var first = await system.FirstAsync();
        var (called, go) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        system.Script = async (_, _) =>
        {
            called.TrySetResult();
            await go.Task;
            return false;
        };
        using var early = new CancellationTokenSource();
        using var late = new CancellationTokenSource();
        var leaves = system.AskAsync("\"leaves\"", cancellationToken: early.Token);
        var spoils = system.AskAsync("\"spoils\"", cancellationToken: late.Token);
        var stays = new[] { "\"stays\"", "\"too\"" }.Select(input => system.AskAsync(input)).ToList();
        await system.GatheredAsync(4);
        await early.CancelAsync();
        await system.GatheredAsync(3);
        system.Fire();
        await called.Task.WaitAsync(Cancelled);
        await late.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(leaves);
        await Should.ThrowAsync<OperationCanceledException>(spoils);
        go.SetResult();

        foreach (var reply in await Task.WhenAll(stays.Select(GroupingGateway.ReadAsync)))
        {
            reply["data"]!.AsArray().Count.ShouldBe(1);
        }

        system.Calls[1]["input"]!.AsArray().Select(input => (string)input!).Order().ShouldBe(["spoils", "stays", "too"]);
        system.Go();
        await first;
    }

    [Fact]
    public async Task A_call_has_its_bounds()
    {
        await using var system = await GroupingGateway.StartAsync(("Gateway:Grouping:MaxInputs", "4"));
        var first = await system.FirstAsync();
        var asked = Enumerable.Range(0, 5).Select(number => system.AskAsync($"""["{number}","x{number}"]""")).ToList();

        // Two calls are full and go; the fifth waits for others.
        await GroupingGateway.UntilAsync(() => system.Calls.Count == 3);
        await system.GatheredAsync(1);
        var alone = system.AskAsync("""["1","2","3","4","5"]""");
        (await GroupingGateway.ReadAsync(alone))["data"]!.AsArray().Count.ShouldBe(5);
        system.Fire();
        (await Task.WhenAll(asked.Select(GroupingGateway.ReadAsync))).ShouldAllBe(reply => reply["data"]!.AsArray().Count == 2);
        system.Go();
        await first;
    }

    private static Task<LineAnswer> LineAsync(GroupingGateway system, string input) =>
        system.Gateway.RunLineAsync("acme", "/v1/embeddings", $$"""{"model":"local-embeddings","input":"{{input}}"}""");
}
