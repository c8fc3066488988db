using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Gateway.Tests.Accounting;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Failures;

/// <summary>Callers who leave in the middle of a stream: what becomes of the upstream's work, of the bill, and of their place.</summary>
[Trait("Suite", "failures")]
public sealed class CallerLeavesTests(ITestOutputHelper output)
{
    private const int AllPieces = 60;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    // How much of an answer the caller has when it leaves, by the request's id.
    private static readonly Dictionary<string, int> Leavers = new() { ["few-1"] = 2, ["many-2"] = 40 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task The_upstream_is_cancelled_what_was_made_is_billed_and_the_place_is_free_at_the_other_gateway()
    {
        await using var system = await MeteredSystem.StartAsync(Observer.TokensOf, gateways: 2);
        var observer = new Observer(system, output);
        var cancelled = new ConcurrentDictionary<string, TaskCompletionSource>(Leavers.Keys.Select(id => KeyValuePair.Create(id, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))));
        system.Upstream.Pieces = id => Leavers.ContainsKey(id) ? AllPieces : 2;
        system.Upstream.Pause = async (id, piece, cancellationToken) =>
        {
            if (Leavers.TryGetValue(id, out var most) && piece == most)
            {
                using var told = cancellationToken.Register(() => cancelled[id].TrySetResult());
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
        };
        var (_, key) = await system.CreateKeyAsync(new { name = "alone", tenant = "acme", limits = new { concurrent_requests = 1 } });
        using var caller = system.Gateways[0].Process.ClientWith(key);
        using var other = system.Gateways[1].Process.ClientWith(key);

        foreach (var (id, most) in Leavers)
        {
            // What the other gateway has answered it may not have settled yet.
            await AnsweredAsync(caller, () => observer.NextId("before"));
            using var stream = await OpenAsync(caller, id);
            var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(Token));
            await ReadUntilAsync(reader, $"{id}-{most - 1} ");
            (await StatusAsync(other, observer.NextId("refused"))).ShouldBe(HttpStatusCode.TooManyRequests);

            var leftAt = TimeProvider.System.GetTimestamp();
            await LeaveAsync(reader);
            await cancelled[id].Task.WaitAsync(Token);
            TimeProvider.System.GetElapsedTime(leftAt).ShouldBeLessThan(Soon);
            await AnsweredAsync(other, () => observer.NextId("next"));
            TimeProvider.System.GetElapsedTime(leftAt).ShouldBeLessThan(Soon);
        }

        await observer.JudgeAsync(Token);
        var (few, many) = (RecordOf(system, "few-1"), RecordOf(system, "many-2"));
        foreach (var record in new[] { few, many })
        {
            (record.Status, record.TokenSource).ShouldBe((UsageStatus.Cancelled, TokenSource.Estimated));
            record.Tokens.Input.ShouldBeGreaterThan(0);
            record.CostNanoUsd.ShouldBe(MeteredSystem.CostOf(record.Tokens));
        }

        few.Tokens.Output.ShouldBeGreaterThan(0);
        many.Tokens.Output.ShouldBeGreaterThan(few.Tokens.Output);
    }

    private static UsageEvent RecordOf(MeteredSystem system, string id) => system.Records().Single(record => record.RequestId == id);

    private static async Task<HttpResponseMessage> OpenAsync(HttpClient caller, string id)
    {
        using var request = Request(id, stream: true);
        return await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    private static async Task AnsweredAsync(HttpClient caller, Func<string> nextId)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await StatusAsync(caller, nextId()) != HttpStatusCode.OK)
        {
            await tick.WaitForNextTickAsync(Token);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient caller, string id)
    {
        using var request = Request(id, stream: false);
        using var response = await caller.SendAsync(request, Token);
        return response.StatusCode;
    }

    private static HttpRequestMessage Request(string id, bool stream) => new(HttpMethod.Post, "/v1/chat/completions")
    {
        Headers = { { "x-request-id", id } },
        Content = JsonContent.Create(new { model = "phi-3-mini", stream, messages = new[] { new { role = "user", content = "Hello" } } }),
    };

    private static async Task ReadUntilAsync(StreamReader reader, string text)
    {
        while (!(await reader.ReadLineAsync(Token)).ShouldNotBeNull().Contains(text, StringComparison.Ordinal))
        {
        }
    }

    // A client that only disposes of the answer waits for its end a while before it closes the connection; one that breaks off its reading does not.
    private static async Task LeaveAsync(StreamReader reader)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var more = reader.ReadToEndAsync(leaving.Token);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(more);
    }
}
