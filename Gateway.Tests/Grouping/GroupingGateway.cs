using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Grouping;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gateway.Tests.Grouping;

/// <summary>
/// A gateway whose window for gathering ends when the test says so, in front of an upstream that answers each input with its own hash, in
/// two numbers, and takes no input that says <c>bad</c>. The first call waits until <see cref="Go"/>, so that the ones after it gather.
/// </summary>
internal sealed class GroupingGateway : IAsyncDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(4);

    private readonly HeldWindow _time = new(Window);
    private readonly List<JsonObject> _calls = [];
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ScriptedUpstream _upstream = null!;

    public GatewayHost Gateway { get; private set; } = null!;

    public HttpClient Caller { get; private set; } = null!;

    /// <summary>Before it answers a call; true where it has answered it.</summary>
    public Func<HttpContext, JsonObject, Task<bool>> Script { get; set; } = (_, _) => Task.FromResult(false);

    public IReadOnlyList<JsonObject> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    public static async Task<GroupingGateway> StartAsync(params (string Key, string Value)[] settings)
    {
        var system = new GroupingGateway();
        system._upstream = await ScriptedUpstream.StartAsync(system.RunAsync);
        system.Gateway = await GatewayHost.StartAsync(
            system._upstream,
            services => services.AddSingleton<TimeProvider>(system._time),
            [("Gateway:Grouping:WindowMilliseconds", "4"), ("Gateway:Limits:Retries", "0"), .. settings]);
        system.Caller = await system.Gateway.CallerClientAsync();
        return system;
    }

    /// <summary>What the upstream says of an input.</summary>
    public static (int, int) VectorOf(JsonNode input)
    {
        var text = input.ToJsonString();
        return (text.Sum(letter => letter), text.Length);
    }

    /// <summary>Has one call under way, so that what comes next gathers.</summary>
    public async Task<Task<HttpResponseMessage>> FirstAsync(HttpClient? caller = null)
    {
        var first = AskAsync("\"the first\"", caller: caller);
        await UntilAsync(() => Calls.Count == 1);
        return first;
    }

    public async Task<HttpResponseMessage> AskAsync(string input, string more = "", HttpClient? caller = null, CancellationToken? cancellationToken = null)
    {
        using var content = new StringContent($$"""{"model":"local-embeddings","input":{{input}}{{more}}}""", System.Text.Encoding.UTF8, "application/json");
        return await (caller ?? Caller).PostAsync("/v1/embeddings", content, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    public static async Task<JsonObject> ReadAsync(Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        return (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Ends when so many requests wait for others.</summary>
    public Task GatheredAsync(int requests) => UntilAsync(() => Gateway.Services.GetRequiredService<EmbeddingGroups>().Gathered == requests);

    /// <summary>The window is over.</summary>
    public void Fire() => _time.Fire();

    /// <summary>Lets the first call be answered.</summary>
    public void Go() => _go.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Go();
        Fire();
        Caller.Dispose();
        await Gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    public static async Task UntilAsync(Func<bool> holds)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!holds())
        {
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task RunAsync(HttpContext context)
    {
        var asked = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        int number;
        lock (_calls)
        {
            _calls.Add(asked);
            number = _calls.Count;
        }

        if (await Script(context, asked))
        {
            return;
        }

        await (number == 1 ? _go.Task : Task.CompletedTask);
        var inputs = asked["input"] is JsonArray { Count: > 0 } list && list[0] is not JsonValue { } number0 ? [.. list]
            : asked["input"] is JsonArray { Count: > 0 } texts && texts[0]!.GetValueKind() == System.Text.Json.JsonValueKind.String ? [.. texts]
            : new List<JsonNode?> { asked["input"] };
        if (inputs.Any(input => input!.ToJsonString().Contains("bad", StringComparison.Ordinal)))
        {
            await TwoTargets.FailAsync(context, 400, """{"error":{"message":"an input is bad"}}""");
            return;
        }

        // Not in their order, which nothing promises.
        var data = inputs.Select((input, index) => (JsonNode)new JsonObject
        {
            ["object"] = "embedding",
            ["embedding"] = asked["encoding_format"]?.GetValue<string>() == "base64" ? $"b64 {VectorOf(input!)}" : new JsonArray(VectorOf(input!).Item1, VectorOf(input!).Item2),
            ["index"] = index,
        }).Reverse().ToArray();
        var tokens = (inputs.Count * 7) + 3;
        await TwoTargets.SendAsync(
            context,
            new JsonObject { ["object"] = "list", ["data"] = new JsonArray(data), ["model"] = "e", ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens } }.ToJsonString(),
            "application/json");
    }
}
