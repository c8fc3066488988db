using System.Diagnostics;
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
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

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
    public async Task A_key_made_or_revoked_at_one_replica_is_so_at_the_other_within_a_second()
    {
        var (id, secret) = await CreateKeyAsync();
        var made = Stopwatch.GetTimestamp();
        await UntilAsync(_other, secret, HttpStatusCode.OK);
        Stopwatch.GetElapsedTime(made).ShouldBeLessThan(Soon);

        await RevokeAsync(id);
        var revoked = Stopwatch.GetTimestamp();
        await UntilAsync(_other, secret, HttpStatusCode.Unauthorized);
        Stopwatch.GetElapsedTime(revoked).ShouldBeLessThan(Soon);
    }

    [Fact]
    public async Task While_Redis_is_away_known_keys_stay_good_and_what_cannot_be_kept_is_refused()
    {
        var (_, secret) = await CreateKeyAsync();
        await UntilAsync(_other, secret, HttpStatusCode.OK);

        await _redis.KillAsync();
        using var admin = _one.AdminClient();
        using var refused = await admin.PostAsJsonAsync("/admin/keys", new { name = "lost" }, TestContext.Current.CancellationToken);
        using var ready = await _one.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);

        (await StatusAsync(_one, secret), await StatusAsync(_other, secret)).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Redis cannot be reached");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"status\":\"degraded\"");
    }

    [Fact]
    public async Task When_Redis_is_back_from_a_crash_its_keys_are_there_and_changes_flow_again()
    {
        var (_, before) = await CreateKeyAsync();
        await _redis.KillAsync();
        await _redis.StartAsync();

        await UntilReadyAsync(_one);
        await UntilReadyAsync(_other);
        var (_, after) = await CreateKeyAsync();
        await UntilAsync(_other, after, HttpStatusCode.OK);
        await using var third = await StartGatewayAsync();
        await UntilAsync(third, before, HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Requirement", "G6.5")]
    public async Task Redis_dies_twice_under_load_keys_are_made_and_revoked_in_between_and_no_request_fails()
    {
        const int Each = 100;
        var (_, secret) = await CreateKeyAsync();
        await UntilAsync(_other, secret, HttpStatusCode.OK);
        await using var load = new CallerLoad([_one.Address, _other.Address], secret, callersEach: 4);

        for (var death = 0; death < 2; death++)
        {
            (await load.FaultsAsync(Each, TestContext.Current.CancellationToken)).ShouldBeEmpty();
            await _redis.KillAsync();
            (await load.FaultsAsync(Each, TestContext.Current.CancellationToken)).ShouldBeEmpty();
            await _redis.StartAsync();
            await UntilReadyAsync(_one);
            await UntilReadyAsync(_other);

            var (id, revoked) = await CreateKeyAsync();
            await UntilAsync(_other, revoked, HttpStatusCode.OK);
            await RevokeAsync(id);
            await UntilAsync(_other, revoked, HttpStatusCode.Unauthorized);
        }

        (await load.FaultsAsync(Each, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await load.EndAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_replica_started_while_Redis_is_away_calls_no_good_key_wrong()
    {
        var (_, secret) = await CreateKeyAsync();
        await _redis.KillAsync();
        await using var late = await GatewayHost.StartAsync(_model, ("ConnectionStrings:redis", $"127.0.0.1:{_redis.Port}"));
        using var caller = late.ClientWith(secret);

        using var refusal = await caller.GetAsync("/v1/models", TestContext.Current.CancellationToken);

        refusal.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refusal.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        refusal.Headers.WwwAuthenticate.ShouldBeEmpty();
        (await refusal.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"code\":\"keys_not_read\"");
        await _redis.StartAsync();
        await UntilReadyAsync(late);
        (await StatusAsync(late, secret)).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<GatewayHost> StartGatewayAsync()
    {
        var gateway = await GatewayHost.StartAsync(_model, ("ConnectionStrings:redis", $"127.0.0.1:{_redis.Port}"));
        await UntilReadyAsync(gateway);
        return gateway;
    }

    private async Task<(string Id, string Secret)> CreateKeyAsync()
    {
        using var admin = _one.AdminClient();
        using var response = await admin.PostAsJsonAsync("/admin/keys", new { name = "shared" }, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        var key = (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        return ((string)key["id"]!, (string)key["key"]!);
    }

    private async Task RevokeAsync(string id)
    {
        using var admin = _one.AdminClient();
        using var revocation = await admin.DeleteAsync($"/admin/keys/{id}", TestContext.Current.CancellationToken);
        revocation.EnsureSuccessStatusCode();
    }

    private static async Task<HttpStatusCode> StatusAsync(GatewayHost gateway, string secret)
    {
        using var caller = gateway.ClientWith(secret);
        using var response = await caller.GetAsync("/v1/models", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    // Asking again is the only signal that a caller of the gateway has.
    private static async Task UntilAsync(GatewayHost gateway, string secret, HttpStatusCode status)
    {
        while (await StatusAsync(gateway, secret) != status)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static async Task UntilReadyAsync(GatewayHost gateway)
    {
        while (!await IsReadyAsync(gateway))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static async Task<bool> IsReadyAsync(GatewayHost gateway)
    {
        using var response = await gateway.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("\"status\":\"ok\"", StringComparison.Ordinal);
    }
}
