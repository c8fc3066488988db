using System.Net;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Responses;

/// <summary>Two replicas of the gateway that share their responses through a real Redis, which also dies.</summary>
public sealed class SharedResponsesTests : IAsyncLifetime
{
    private ServerProcess _redis = null!;
    private ScriptedChat _one = null!;
    private GatewayHost _other = null!;
    private HttpClient _otherCaller = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServers.StartRedisAsync();
        var connection = ("ConnectionStrings:redis", $"127.0.0.1:{_redis.Port}");
        _one = await ScriptedChat.StartAsync(ScriptedChat.Says("Hello"), connection);
        _other = await GatewayHost.StartAsync(_one.Upstream, connection);
        _otherCaller = _other.ClientWith(_one.Caller.DefaultRequestHeaders.Authorization!.Parameter!);
    }

    public async ValueTask DisposeAsync()
    {
        _otherCaller.Dispose();
        await _other.DisposeAsync();
        await _one.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task What_one_replica_stored_another_shows_and_goes_on_from()
    {
        var made = await _one.CreateAsync("\"input\":\"One\"");

        using var fetched = await _otherCaller.GetAsync($"/v1/responses/{(string?)made["id"]}", TestContext.Current.CancellationToken);
        using var wentOn = await _otherCaller.PostAsync(
            "/v1/responses", new StringContent($$"""{"model":"phi-3-mini","input":"Two","previous_response_id":"{{(string?)made["id"]}}"}""", mediaType: new("application/json")), TestContext.Current.CancellationToken);

        (await ScriptedChat.ResponseOf(fetched)).ToJsonString().ShouldBe(made.ToJsonString());
        await ScriptedChat.ResponseOf(wentOn);
        _one.Requests.Last()["messages"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Without_Redis_a_response_is_answered_and_not_stored_and_what_needs_the_store_is_refused()
    {
        var before = await _one.CreateAsync("\"input\":\"One\"");
        await _redis.KillAsync();

        using var answered = await _one.PostAsync("""{"model":"phi-3-mini","input":"Hi"}""");
        using var wentOn = await _one.PostAsync($$"""{"model":"phi-3-mini","input":"Hi","previous_response_id":"{{(string?)before["id"]}}"}""");
        using var fetched = await _one.GetAsync($"/v1/responses/{(string?)before["id"]}");
        using var background = await _one.PostAsync("""{"model":"phi-3-mini","input":"Hi","background":true}""");

        ((bool)(await ScriptedChat.ResponseOf(answered))["store"]!).ShouldBeFalse();
        answered.Headers.GetValues("x-gateway-warnings").Single().ShouldContain("not stored");
        foreach (var response in (HttpResponseMessage[])[wentOn, fetched, background])
        {
            ((string?)(await ScriptedChat.ErrorOf(response, HttpStatusCode.ServiceUnavailable))["code"]).ShouldBe("store_unavailable");
        }
    }
}
