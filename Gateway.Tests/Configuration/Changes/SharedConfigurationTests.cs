using System.Net;
using Gateway.Tests.Access;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Configuration.Changes;

/// <summary>Two replicas that share what is put through a real Redis, which also dies.</summary>
public sealed class SharedConfigurationTests(SimulatedGateway simulated) : IAsyncLifetime
{
    private ServerProcess _redis = null!;
    private GatewayHost _one = null!;
    private GatewayHost _other = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServers.StartRedisAsync("--appendonly", "yes");
        _one = await StartAsync();
        _other = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "G7.2")]
    [Trait("Requirement", "B8.1")]
    public async Task What_is_put_at_one_replica_is_in_force_at_the_other_within_a_second_and_after_a_restart()
    {
        await _one.PutAsync("{}");
        await _other.UntilAsync(config => (int)config["version"]! == 1);
        for (var version = 2; version <= 5; version++)
        {
            (await _one.PutAsync(ConfigProbe.Alias($"alias-{version}"))).Status.ShouldBe(HttpStatusCode.OK);
            (await _other.UntilAsync(config => (int)config["version"]! == version)).ShouldBeLessThan(ConfigProbe.Soon);
        }

        await using var later = await StartAsync();
        foreach (var gateway in new[] { _one, _other, later })
        {
            (await gateway.AliasesAsync(await gateway.CreateKeyAsync())).ShouldContain("alias-5");
        }
    }

    [Fact]
    public async Task Of_writers_at_two_replicas_at_once_one_wins()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(writer => (writer % 2 == 0 ? _one : _other).PutAsync(ConfigProbe.Alias($"writer-{writer}"), ifMatch: "\"0\"")));

        replies.Select(reply => reply.Status).Order().ShouldBe([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.Conflict, 9)]);
        await _one.UntilAsync(config => (int)config["version"]! == 1);
        await _other.UntilAsync(config => (int)config["version"]! == 1);
    }

    [Fact]
    [Trait("Requirement", "G7.4")]
    public async Task A_replica_where_it_does_not_hold_says_so_and_serves_on_with_what_it_had()
    {
        await _one.PutAsync(ConfigProbe.Alias("good"));
        await using var richer = await StartAsync(("Gateway:Providers:second:Type", "OpenAI"), ("Gateway:Providers:second:BaseUrl", "http://localhost:1/v1"));
        (await richer.PutAsync(ConfigProbe.Alias("bad", "second"))).Status.ShouldBe(HttpStatusCode.OK);
        await _other.UntilAsync(config => config["faults"]!.AsArray().Count > 0);

        var shown = await _other.ConfigAsync();
        ((int)shown["version"]!).ShouldBe(1);
        shown.Messages().ShouldBe(["Gateway:Models:bad:Targets:0:Provider is 'second'; allowed: bedrock, local, openai."]);
        _other.Log.Errors.ShouldContain(line => line.Message.Contains("is refused and the running one stays", StringComparison.Ordinal));
        await using var later = await StartAsync();
        (await later.AliasesAsync(await later.CreateKeyAsync())).ShouldContain("good");

        (await richer.PutAsync(ConfigProbe.Alias("mended"))).Status.ShouldBe(HttpStatusCode.OK);
        await _other.UntilAsync(config => (int)config["version"]! == 3 && config["faults"]!.AsArray().Count == 0);
        await later.UntilAsync(config => (int)config["version"]! == 3);
    }

    [Fact]
    public async Task While_Redis_is_away_what_is_in_force_stays_and_a_change_is_refused_until_it_is_back()
    {
        await _one.PutAsync(ConfigProbe.Alias("kept"));
        await _other.UntilAsync(config => (int)config["version"]! == 1);

        await _redis.KillAsync();
        var (status, refused) = await _one.PutAsync(ConfigProbe.Alias("lost"));
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ((string)refused["error"]!["message"]!).ShouldContain("Redis cannot be reached");
        ((int)(await _other.ConfigAsync())["version"]!).ShouldBe(1);

        await _redis.StartAsync();
        await _one.UntilReadyAsync();
        await _other.UntilReadyAsync();
        (await _one.PutAsync(ConfigProbe.Alias("after"))).Status.ShouldBe(HttpStatusCode.OK);
        await _other.UntilAsync(config => (int)config["version"]! == 2);
    }

    private Task<GatewayHost> StartAsync(params (string Key, string Value)[] settings) =>
        GatewayHost.StartAsync(simulated.Model, [("ConnectionStrings:redis", $"127.0.0.1:{_redis.Port}"), .. settings]);
}
