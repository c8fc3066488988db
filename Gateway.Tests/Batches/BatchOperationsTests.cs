using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Routing;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Batches;

/// <summary>What a batch costs, what it leaves to others, and how it goes on after a restart.</summary>
[Trait("Requirement", "G5.5")]
public sealed class BatchOperationsTests : IAsyncLifetime
{
    // 10 × 1,000 + 4 × 2,000 nano-dollars.
    private const int CostOfOne = 18_000;

    private BatchUpstream _upstream = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _upstream = await BatchUpstream.StartAsync();

    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task A_line_is_metered_as_one_of_a_batch_and_at_its_price()
    {
        const string Price = "Gateway:Prices:local/microsoft/Phi-3-mini-4k-instruct";
        await using var redis = await RedisServers.StartRedisAsync();
        await using var gateway = await GatewayHost.StartAsync(
            _upstream.Host, ("ConnectionStrings:redis", $"127.0.0.1:{redis.Port}"), ($"{Price}:Input", "1"), ($"{Price}:Output", "2"), ($"{Price}:Batch", "0.5"));
        using var http = await gateway.CallerClientAsync();
        using var plain = await AskAsync(http, "Hi");
        var ended = await new BatchCaller(http).RunAsync(BatchCaller.Line("one"));

        await using var ledger = new Metering.Journal.Ledger(redis.Port);
        var events = (await ledger.TakeUntilAsync(2)).SelectMany(batch => batch.Events).ToList();

        ((string?)ended["status"]).ShouldBe("completed");
        events.Select(usage => (usage.Batch, usage.CostNanoUsd)).ShouldBe([(false, CostOfOne), (true, CostOfOne / 2)]);
        events[1].RequestId.ShouldBe($"batch_req_{((string)ended["id"]!)["batch_".Length..]}000001");
    }

    [Fact]
    public async Task A_batch_spends_no_more_than_its_budget_and_waits_for_the_rest()
    {
        const string Price = "Gateway:Prices:local/microsoft/Phi-3-mini-4k-instruct";
        await using var gateway = await GatewayHost.StartAsync(_upstream.Host, ($"{Price}:Input", "1"), ($"{Price}:Output", "2"));
        using var http = gateway.ClientWith(await gateway.CreateKeyAsync(new { name = "budget", budget = new { usd = 0.001m, period = "month" } }));
        var caller = new BatchCaller(http);
        var made = await caller.CreateAsync(BatchCaller.Lines(100));
        await UntilOverBudgetAsync(http);

        var before = await caller.GetAsync((string)made["id"]!);
        await caller.CancelAsync((string)made["id"]!);
        var ended = await caller.EndOfAsync(made);

        ((string?)before["status"], BatchCaller.CountsOf(before).Failed).ShouldBe(("in_progress", 0));
        _upstream.Asked.Values.Sum().ShouldBeInRange(1, 1_000_000 / CostOfOne);
        (await caller.ErrorsOfAsync(ended)).Select(BatchCaller.CodeOf).ShouldAllBe(code => code == "batch_cancelled");
    }

    [Fact]
    public async Task Who_waits_for_an_answer_goes_before_a_batch()
    {
        var (first, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var order = new ConcurrentQueue<string>();
        _upstream.Before = async (_, text) =>
        {
            order.Enqueue(text);
            first.TrySetResult();
            await release.Task;
            return false;
        };
        await using var gateway = await GatewayHost.StartAsync(
            _upstream.Host, ("Gateway:Models:narrow:Targets:0:Provider", "local"), ("Gateway:Models:narrow:Targets:0:Model", "m"), ("Gateway:Models:narrow:Targets:0:MaxConcurrency", "1"));
        using var http = await gateway.CallerClientAsync();
        var caller = new BatchCaller(http);
        var made = await caller.CreateAsync($"{BatchCaller.Line("a", "a line", "narrow")}\n{BatchCaller.Line("b", "a line", "narrow")}");
        var queue = gateway.Services.GetRequiredService<Router>().Find("narrow")!.Targets[0].Health.Queue;
        await first.Task;
        await UntilAsync(() => queue.Waiting == 1);

        var asked = AskAsync(http, "a person", "narrow");
        await UntilAsync(() => queue.Waiting == 2);
        release.SetResult();
        using var answer = await asked;
        await caller.EndOfAsync(made);

        order.ShouldBe(["a line", "a person", "a line"]);
    }

    [Fact]
    public async Task Without_Redis_a_batch_goes_on_after_a_restart()
    {
        var data = Directory.CreateTempSubdirectory("batch-restart-");
        try
        {
            var (key, made) = await BeginAsync(data.FullName);
            _upstream.Before = (_, _) => Task.FromResult(false);
            await using var after = await GatewayHost.StartAsync(_upstream.Host, ("Data:Directory", data.FullName));
            using var again = after.ClientWith(key);
            var ended = await new BatchCaller(again).EndOfAsync(made);

            (await new BatchCaller(again).OutputOfAsync(ended)).Select(BatchCaller.IdOf).ShouldBe(Enumerable.Range(1, 20).Select(number => $"line-{number}"));
            _upstream.Asked.Where(asked => asked.Key is not ("number 7" or "number 8")).ShouldAllBe(asked => asked.Value == 1);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_batch_whose_input_is_deleted_before_its_end_fails_and_keeps_what_was_answered()
    {
        var data = Directory.CreateTempSubdirectory("batch-input-");
        try
        {
            var (key, made) = await BeginAsync(data.FullName);
            Array.ForEach(Directory.GetFiles(Path.Combine(data.FullName, "files")), File.Delete);
            await using var gateway = await GatewayHost.StartAsync(_upstream.Host, ("Data:Directory", data.FullName));
            using var http = gateway.ClientWith(key);
            var ended = await new BatchCaller(http).EndOfAsync(made);

            ((string?)ended["status"], (string?)ended["errors"]!["data"]![0]!["code"]).ShouldBe(("failed", "input_file_not_found"));
            (await new BatchCaller(http).OutputOfAsync(ended)).Count.ShouldBe(6);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    [Trait("Requirement", "G1.5")]
    public async Task Every_endpoint_that_a_batch_may_have_answers_in_its_own_form()
    {
        await using var model = await ModelHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(model);
        using var http = await gateway.CallerClientAsync();
        var caller = new BatchCaller(http);

        foreach (var (endpoint, body, kind) in ((string, string, string)[])
        [
            ("/v1/completions", """{"model":"phi-3-mini","prompt":"Say hi"}""", "text_completion"),
            ("/v1/embeddings", """{"model":"local-embeddings","input":"Hi"}""", "list"),
            ("/v1/responses", """{"model":"phi-3-mini","input":"Hi"}""", "response"),
        ])
        {
            var line = $$"""{"custom_id":"a","method":"POST","url":"{{endpoint}}","body":{{body}} }""";
            var output = await caller.OutputOfAsync(await caller.RunAsync(line, endpoint));

            ((int)output.Single()["response"]!["status_code"]!, (string?)output[0]["response"]!["body"]!["object"]).ShouldBe((200, kind));
        }
    }

    // A batch of 20 of which six are answered when its gateway ends.
    private async Task<(string Key, JsonObject Batch)> BeginAsync(string data)
    {
        await using var gateway = await GatewayHost.StartAsync(_upstream.Host, ("Data:Directory", data), ("Gateway:Batches:Concurrency", "2"));
        _upstream.Before = async (http, text) => text is "number 7" or "number 8" && await BatchUpstream.HangAsync(http);
        var key = await gateway.CreateKeyAsync();
        using var http = gateway.ClientWith(key);
        var caller = new BatchCaller(http);
        var made = await caller.CreateAsync(BatchCaller.Lines(20));
        await caller.UntilAsync((string)made["id"]!, batch => BatchCaller.CountsOf(batch).Completed == 6);
        return (key, made);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient http, string text, string model = "phi-3-mini") =>
        http.PostAsJsonAsync("/v1/chat/completions", new { model, messages = (object[])[new { role = "user", content = text }], max_tokens = 10 }, Token);

    private static async Task UntilOverBudgetAsync(HttpClient http)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await tick.WaitForNextTickAsync(Token))
        {
            using var answer = await AskAsync(http, "Is there any left?");
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return;
            }
        }
    }

    private static async Task UntilAsync(Func<bool> isThere)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!isThere())
        {
            await tick.WaitForNextTickAsync(Token);
        }
    }
}
