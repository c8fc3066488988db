using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Gateway.Tests.Hosts;
using Local.Model;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Failures;

/// <summary>
/// The live demonstration: callers at two gateways before two simulated models, all processes of their own; the first model is killed as
/// SIGKILL does while it streams, stays away and comes back. No request fails, no answer is cut, and the first model is asked again soon.
/// </summary>
[Collection(nameof(TwoGatewaysTests))]
[Trait("Suite", "failures")]
public sealed class LiveFailoverTests(TwoGateways gateways, ITestOutputHelper output)
{
    private const string Primary = "model-one/" + SimulatedGateway.ServedChatModel;
    private const string Fallback = "model-two/" + SimulatedGateway.ServedChatModel;
    private const int AnswersEach = 40;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G1.2")]
    [Trait("Requirement", "V7.4")]
    public Task No_request_fails_while_an_upstream_is_killed_and_comes_back() => KillAsync(TimeSpan.Zero);

    [Fact]
    [Trait("Suite", "long")]
    [Trait("Requirement", "G1.2")]
    public Task No_request_fails_while_an_upstream_is_away_for_60_s() => KillAsync(TimeSpan.FromSeconds(60));

    // 1. Both models serve; the first one is asked.
    // 2. It is killed, with streams under way, and stays away at least so long, and until both gateways leave it alone.
    // 3. It is started again, and both gateways come back to it.
    private async Task KillAsync(TimeSpan away)
    {
        await using var second = await StartModelAsync(gateways.ModelPorts[1]);
        var first = await StartModelAsync(gateways.ModelPorts[0]);
        await using var load = new CallerLoad(gateways.Addresses, gateways.Key, callersEach: 4, TwoGateways.Live);
        (await load.FaultsAsync(AnswersEach, Token)).ShouldBeEmpty();
        await UntilBothAnswerByAsync(Primary);

        await first.DisposeAsync();
        var killedAt = TimeProvider.System.GetTimestamp();
        do
        {
            (await load.FaultsAsync(AnswersEach, Token)).ShouldBeEmpty();
        }
        while (TimeProvider.System.GetElapsedTime(killedAt) < away);
        await UntilBothAnswerByAsync(Fallback);

        await using var again = await StartModelAsync(gateways.ModelPorts[0]);
        var backAt = TimeProvider.System.GetTimestamp();
        await UntilBothAnswerByAsync(Primary);
        var took = TimeProvider.System.GetElapsedTime(backAt);
        (await load.FaultsAsync(AnswersEach, Token)).ShouldBeEmpty();
        (await load.EndAsync()).ShouldBeEmpty();

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Back on the primary after {took.TotalSeconds:0.0} s."));
        took.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    // A model that takes 20 ms to its first token and a few more to the others, so that the kill finds streams under way.
    private static async Task<LeashedProcess> StartModelAsync(int port)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var model = LeashedProcess.Start(
            new Dictionary<string, string> { ["Logging__LogLevel__Default"] = "Warning" },
            "dotnet", typeof(Simulation).Assembly.Location, "--urls", address, "--Model:Behaviour:TimeToFirstTokenMs", "20", "--Model:Behaviour:TokensPerSecond", "200");
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await IsWellAsync(http))
        {
            await tick.WaitForNextTickAsync(Token);
        }

        return model;
    }

    private static async Task<bool> IsWellAsync(HttpClient model)
    {
        try
        {
            using var response = await model.GetAsync("/health", Token);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // Three answers in a row: a single one may have been under way.
    private async Task UntilBothAnswerByAsync(string target)
    {
        foreach (var address in gateways.Addresses)
        {
            using var caller = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", gateways.Key) } };
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            for (var inARow = 0; inARow < 3;)
            {
                using var response = await caller.PostAsJsonAsync("/v1/chat/completions", new { model = TwoGateways.Live, messages = new[] { new { role = "user", content = "Hello" } } }, Token);
                response.StatusCode.ShouldBe(HttpStatusCode.OK);
                inARow = response.Headers.GetValues("x-gateway-target").Single() == target && response.Headers.GetValues("x-gateway-attempts").Single() == "1" ? inARow + 1 : 0;
                await tick.WaitForNextTickAsync(Token);
            }
        }
    }
}
