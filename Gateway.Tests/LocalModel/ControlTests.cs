using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.LocalModel;

/// <summary>Changes what all requests meet, so it has a server to itself and runs in order.</summary>
public sealed class ControlTests(ModelServer server) : IClassFixture<ModelServer>
{
    private const string Path = "/v1/chat/completions";

    [Fact]
    public async Task Faults_strike_in_order_as_often_as_they_should_and_can_be_taken_back()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var put = await server.Client.PutAsync("/control", JsonContent.Create(JsonNode.Parse("""
            { "time_to_first_token_ms": 0, "tokens_per_second": 0, "faults": [ { "kind": "status", "status": 500, "times": 1 }, { "kind": "status", "status": 429, "retry_after": 1, "times": 2 } ] }
            """)), cancellation);
        put.IsSuccessStatusCode.ShouldBeTrue();
        var seen = new List<int>();
        using (var own = await server.SendAsync(Path, ModelServer.Chat("x"), "none"))
        {
            ((int)own.StatusCode).ShouldBe(200, "A request with the header spends no fault of the others.");
        }

        for (var request = 0; request < 4; request++)
        {
            using var response = await server.SendAsync(Path, ModelServer.Chat("x"));
            seen.Add((int)response.StatusCode);
        }

        seen.ShouldBe([500, 429, 429, 200]);
        (await server.Client.GetFromJsonAsync<JsonNode>("/control", cancellation))!["faults"]!.AsArray().ShouldBeEmpty();

        using var notReady = await server.Client.PutAsync("/control", JsonContent.Create(new { ready = false }), cancellation);
        ((int)(await server.Client.GetAsync("/health", cancellation)).StatusCode).ShouldBe(503);
        ((int)(await server.SendAsync(Path, ModelServer.Chat("x"))).StatusCode).ShouldBe(503);

        using var reset = await server.Client.DeleteAsync("/control", cancellation);
        (await reset.Content.ReadAsStringAsync(cancellation)).ShouldBe("""{"ready":true,"time_to_first_token_ms":0,"tokens_per_second":0,"jitter":0,"seed":0,"faults":[]}""");
        using var health = await server.Client.GetAsync("/health", cancellation);
        ((int)health.StatusCode).ShouldBe(200);
        (await health.Content.ReadAsStringAsync(cancellation)).ShouldBe("");
    }

    [Theory]
    [InlineData("""{"tokens_per_second":-1}""", "tokens_per_second must be")]
    [InlineData("""{"faults":[{"kind":"cut","after_tokens":-1,"probability":2}]}""", "faults[0].probability must be")]
    [InlineData("""{"faults":[{"kind":"fire"}]}""", "FaultKind")]
    [InlineData("""{"speed":1}""", "speed")]
    [InlineData("[]", "could not be converted")]
    public async Task A_wrong_setting_is_refused_and_changes_nothing(string body, string because)
    {
        var before = await server.Client.GetStringAsync("/control", TestContext.Current.CancellationToken);
        using var put = await server.Client.PutAsync("/control", new StringContent(body), TestContext.Current.CancellationToken);
        ((int)put.StatusCode).ShouldBe(400);
        (await put.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(because);
        (await server.Client.GetStringAsync("/control", TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Fact]
    public async Task The_log_lists_what_the_server_counted()
    {
        var answer = await server.AskAsync(Path, ModelServer.Chat("Explain tides"));
        var id = answer["id"]!.GetValue<string>();
        await server.EndedAsync(id);
        var list = (await server.Client.GetFromJsonAsync<JsonArray>("/control/requests", TestContext.Current.CancellationToken))!;
        var record = list.Single(item => item!["id"]!.GetValue<string>() == id)!;
        record["path"]!.GetValue<string>().ShouldBe(Path);
        record["model"]!.GetValue<string>().ShouldBe(ModelServer.ChatModel);
        record["stream"]!.GetValue<bool>().ShouldBeFalse();
        record["finish"]!.GetValue<string>().ShouldBe("completed");
        record["prompt_tokens"]!.GetValue<int>().ShouldBe(answer["usage"]!["prompt_tokens"]!.GetValue<int>());
        record["completion_tokens"]!.GetValue<int>().ShouldBe(answer["usage"]!["completion_tokens"]!.GetValue<int>());
    }
}
