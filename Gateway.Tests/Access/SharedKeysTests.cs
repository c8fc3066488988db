using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access;

/// <summary>Two replicas of the gateway that share their keys through a real Redis, which also dies.</summary>
public sealed class SharedKeysTests : IAsyncLifetime
{
    private ServerProcess _redis = null!;
    private ModelHost _model = null!;
    private GatewayHost _one = null!;
    private GatewayHost _other = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServers.StartRedisAsync("--appendonly", "yes");
        _model = await ModelHost.StartAsync();
        _one = await StartGatewayAsync();
        _other = await StartGatewayAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _model.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "G6.5")]
    public Task A_key_made_or_revoked_at_one_replica_is_so_at_the_other_within_a_second() => _one.ShouldBeFollowedByAsync(_other);

    [Fact]
    public async Task While_Redis_is_away_known_keys_stay_good_and_what_cannot_be_kept_is_refused()
    {
        var (_, secret) = await _one.MakeKeyAsync();
        await _other.UntilAsync(secret, HttpStatusCode.OK);

        await _redis.KillAsync();
        using var admin = _one.AdminClient();
        using var refused = await admin.PostAsJsonAsync("/admin/keys", new { name = "lost" }, TestContext.Current.CancellationToken);
        using var ready = await _one.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);

        (await _one.StatusAsync(secret), await _other.StatusAsync(secret)).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Redis cannot be reached");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"status\":\"degraded\"");
    }

    [Fact]
    public async Task When_Redis_is_back_from_a_crash_its_keys_are_there_and_changes_flow_again()
    {
        var (_, before) = await _one.MakeKeyAsync();
        await _redis.KillAsync();
        await _redis.StartAsync();

        await _one.UntilReadyAsync();
        await _other.UntilReadyAsync();
        var (_, after) = await _one.MakeKeyAsync();
        await _other.UntilAsync(after, HttpStatusCode.OK);
        await using var third = await StartGatewayAsync();
        await third.UntilAsync(before, HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Requirement", "G6.5")]
    public async Task Redis_dies_twice_under_load_keys_are_made_and_revoked_in_between_and_no_request_fails()
    {
        const int Each = 100;
        var (_, secret) = await _one.MakeKeyAsync();
        await _other.UntilAsync(secret, HttpStatusCode.OK);
        await using var load = new CallerLoad([_one.Address, _other.Address], secret, callersEach: 4);

        for (var death = 0; death < 2; death++)
        {
            (await load.FaultsAsync(Each, TestContext.Current.CancellationToken)).ShouldBeEmpty();
            await _redis.KillAsync();
            (await load.FaultsAsync(Each, TestContext.Current.CancellationToken)).ShouldBeEmpty();
            await _redis.StartAsync();
            await _one.UntilReadyAsync();
            await _other.UntilReadyAsync();

            var (id, revoked) = await _one.MakeKeyAsync();
            await _other.UntilAsync(revoked, HttpStatusCode.OK);
            await _one.RevokeAsync(id);
            await _other.UntilAsync(revoked, HttpStatusCode.Unauthorized);
        }

        (await load.FaultsAsync(Each, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await load.EndAsync()).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "G6.5")]
    public async Task A_key_is_rotated_under_load_and_no_request_fails()
    {
        const int Each = 100;
        var (id, first) = await _one.MakeKeyAsync();
        await _other.UntilAsync(first, HttpStatusCode.OK);
        await using var load = new CallerLoad([_one.Address, _other.Address], first, callersEach: 4);
        (await load.FaultsAsync(Each, TestContext.Current.CancellationToken)).ShouldBeEmpty();

        using var admin = _one.AdminClient();
        using var rotated = await admin.PostAsJsonAsync($"/admin/keys/{id}/rotate", new { overlap_seconds = 3600 }, TestContext.Current.CancellationToken);
        var second = (string)(await rotated.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["key"]!;
        await _other.UntilAsync(second, HttpStatusCode.OK);

        (await load.FaultsAsync(Each, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await load.EndAsync()).ShouldBeEmpty();
        await _one.RevokeAsync(id);
        await _other.UntilAsync(first, HttpStatusCode.Unauthorized);
        (await _other.StatusAsync(second)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_replica_started_while_Redis_is_away_calls_no_good_key_wrong()
    {
        var (_, secret) = await _one.MakeKeyAsync();
        await _redis.KillAsync();
        await using var late = await GatewayHost.StartAsync(_model, ("ConnectionStrings:redis", $"127.0.0.1:{_redis.Port}"));
        using var caller = late.ClientWith(secret);

        using var refusal = await caller.GetAsync("/v1/models", TestContext.Current.CancellationToken);

        refusal.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refusal.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        refusal.Headers.WwwAuthenticate.ShouldBeEmpty();
        (await refusal.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"code\":\"keys_not_read\"");
        await _redis.StartAsync();
        await late.UntilReadyAsync();
        (await late.StatusAsync(secret)).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<GatewayHost> StartGatewayAsync()
    {
        var gateway = await GatewayHost.StartAsync(_model, ("ConnectionStrings:redis", $"127.0.0.1:{_redis.Port}"));
        await gateway.UntilReadyAsync();
        return gateway;
    }
}
