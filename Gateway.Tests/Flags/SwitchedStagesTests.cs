using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Gateway.Tests.Hosts;
using Gateway.Tests.Hosts.Bedrock;
using Gateway.Tests.Limits;
using Gateway.Tests.Responses;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Flags;

/// <summary>Each optional stage obeys its flag from the next request on.</summary>
[Trait("Requirement", "G7.5")]
public sealed class SwitchedStagesTests
{
    private static readonly object Off = new { enabled = false };
    private static readonly object On = new { enabled = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Retries()
    {
        var calls = 0;
        await using var targets = await TwoTargets.StartAsync(context => TwoTargets.FailAsync(context, Interlocked.Increment(ref calls) > 0 ? 500 : 200));
        await targets.Gateway.SwitchAsync("Retries", Off);

        using var response = await targets.CallAsync();

        (response.StatusCode, response.Header("x-gateway-target"), calls).ShouldBe((HttpStatusCode.OK, TwoTargets.Fallback, 1));
    }

    [Fact]
    public async Task Safe_streams()
    {
        await using var targets = await TwoTargets.StartAsync(
            context => TwoTargets.SendAsync(context, TwoTargets.Text), fallback: null, ("Gateway:Models:phi-3-mini:SafeStream", "true"));

        using var held = await targets.CallAsync(stream: true);
        await targets.Gateway.SwitchAsync("SafeStream", Off);
        using var relayed = await targets.CallAsync(stream: true);

        held.Header("x-gateway-target").ShouldBe(TwoTargets.Fallback);
        relayed.Header("x-gateway-target").ShouldBe(TwoTargets.Primary);
    }

    [Fact]
    public async Task Cost_control()
    {
        await using var limited = await LimitedGateway.StartAsync(("Gateway:Budgets:SoftThreshold", "0.01"), ("Gateway:CostControl:0:Action", "Refuse"));
        using var caller = await limited.CallerAsync(new { name = "spender", budget = new { usd = 0.05 } });
        limited.Upstream.Completion = most => most;
        (await LimitedGateway.StatusAsync(caller, maxTokens: 1000)).ShouldBe((200, null));
        (await LimitedGateway.StatusAsync(caller, maxTokens: 1000)).ShouldBe((429, "insufficient_quota"));

        await limited.Gateway.SwitchAsync("CostControl", Off);

        (await LimitedGateway.StatusAsync(caller, maxTokens: 1000)).ShouldBe((200, null));
    }

    [Fact]
    public async Task Callers_own_Bedrock_keys()
    {
        await using var bedrock = await BedrockGateway.StartAsync();
        using var stranger = bedrock.Gateway.ClientWith("ABSKQmVkcm9ja0FQSUtleQ==");
        using var before = await bedrock.ChatAsync(caller: stranger);

        await bedrock.Gateway.SwitchAsync("BedrockPassThrough", Off);
        using var after = await bedrock.ChatAsync(caller: stranger);

        before.StatusCode.ShouldBe(HttpStatusCode.OK);
        (after.StatusCode, await after.CodeAsync()).ShouldBe((HttpStatusCode.Unauthorized, "invalid_api_key"));
    }

    [Fact]
    public async Task Stored_responses_and_those_in_the_background()
    {
        await using var chat = await ScriptedChat.StartAsync(ScriptedChat.Says("Hello"));
        await chat.Gateway.SwitchAsync("StoredResponses", Off);
        await chat.Gateway.SwitchAsync("BackgroundResponses", Off);

        var made = await chat.CreateAsync("\"input\":\"Hi\"");
        using var fetched = await chat.GetAsync($"/v1/responses/{(string?)made["id"]}");
        using var inBackground = await chat.Caller.PostAsJsonAsync("/v1/responses", new { model = SimulatedGateway.ChatModel, input = "Hi", background = true }, Token);

        ((bool)made["store"]!).ShouldBeFalse();
        fetched.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        inBackground.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await inBackground.MessageAsync()).ShouldNotBeNull().ShouldContain("switched off");
    }

    [Fact]
    public async Task A_stage_switched_off_and_on_under_load_obeys_from_the_next_request_on()
    {
        await using var upstream = await ScriptedUpstream.StartAsync(context => TwoTargets.SendAsync(context, "{}", "application/json"));
        await using var gateway = await GatewayHost.StartAsync(upstream, ("Gateway:PassThrough", "local"));
        var key = await gateway.CreateKeyAsync();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => CallAsync(gateway, key, over.Token))).ToList();
        var switches = new List<(long Begun, long Done, HttpStatusCode Then)>();

        for (var i = 0; i < 10; i++)
        {
            var isOn = i % 2 > 0;
            var begun = Stopwatch.GetTimestamp();
            await gateway.SwitchAsync("PassThrough", isOn ? On : Off);
            switches.Add((begun, Stopwatch.GetTimestamp(), isOn ? HttpStatusCode.OK : HttpStatusCode.NotFound));
            using var obeys = gateway.ClientWith(key);
            using var next = await obeys.GetAsync("/v1/fine_tuning/jobs", Token);
            next.StatusCode.ShouldBe(switches[^1].Then);
        }

        await over.CancelAsync();
        var answers = (await Task.WhenAll(callers)).SelectMany(answer => answer).ToList();
        answers.Count.ShouldBeGreaterThan(10);
        foreach (var ((_, done, then), until) in switches.Zip(switches.Skip(1).Select(change => change.Begun).Append(long.MaxValue)))
        {
            answers.Where(answer => answer.Begun >= done && answer.Done <= until).ShouldAllBe(answer => answer.Status == then);
        }
    }

    private static async Task<List<(long Begun, long Done, HttpStatusCode Status)>> CallAsync(GatewayHost gateway, string key, CancellationToken over)
    {
        var answers = new List<(long Begun, long Done, HttpStatusCode Status)>();
        using var caller = gateway.ClientWith(key);
        while (!over.IsCancellationRequested)
        {
            var begun = Stopwatch.GetTimestamp();
            using var response = await caller.GetAsync("/v1/fine_tuning/jobs", CancellationToken.None);
            answers.Add((begun, Stopwatch.GetTimestamp(), response.StatusCode));
        }

        return answers;
    }
}
