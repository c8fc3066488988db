using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Gateway.Tests.Access;
using Gateway.Tests.Hosts;
using Gateway.Tests.Limits;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Flags;

/// <summary>Two replicas of the gateway that share their flags through a real Redis, which also dies.</summary>
public sealed class SharedFlagsTests(SimulatedGateway system) : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private ServerProcess _redis = null!;
    private GatewayHost _one = null!;
    private GatewayHost _other = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
    [Trait("Requirement", "G7.5")]
    public async Task A_flag_switched_at_one_replica_is_so_at_the_other_within_a_second_and_at_one_that_starts_later()
    {
        await _one.SwitchAsync("Retries", new { enabled = false });
        var switched = Stopwatch.GetTimestamp();

        await UntilAsync(_other, isOn: false);

        Stopwatch.GetElapsedTime(switched).ShouldBeLessThan(Soon);
        await using var late = await StartAsync();
        (await IsOnAsync(late)).ShouldBeFalse();
    }

    [Fact]
    [Trait("Requirement", "G7.5")]
    public async Task While_Redis_is_away_flags_stay_as_they_are_and_afterwards_changes_flow_again()
    {
        await _one.SwitchAsync("Retries", new { enabled = false });
        await UntilAsync(_other, isOn: false);

        await _redis.KillAsync();
        using var admin = _one.AdminClient();
        using var refused = await admin.PutAsJsonAsync("/admin/flags/Retries", new { enabled = true }, Token);

        (refused.StatusCode, await refused.CodeAsync()).ShouldBe((HttpStatusCode.ServiceUnavailable, "state_unavailable"));
        (await IsOnAsync(_one), await IsOnAsync(_other)).ShouldBe((false, false));
        await _redis.StartAsync();
        await _one.UntilReadyAsync();
        await _other.UntilReadyAsync();
        await _one.SwitchAsync("Retries", new { enabled = true });
        await UntilAsync(_other, isOn: true);
    }

    [Fact]
    public async Task A_replica_that_starts_without_Redis_has_what_is_configured_and_takes_over_the_rest_when_it_is_back()
    {
        await _one.SwitchAsync("Retries", new { enabled = false });
        await _redis.KillAsync();

        await using var late = await StartAsync();

        (await IsOnAsync(late)).ShouldBeTrue();
        late.Log.Lines.Count(line => line.Message.StartsWith("Flags could not be read at the start", StringComparison.Ordinal)).ShouldBe(1);
        await _redis.StartAsync();
        await UntilAsync(late, isOn: false);
    }

    private static async Task<bool> IsOnAsync(GatewayHost gateway) => (bool)(await gateway.FlagAsync("Retries"))["enabled"]!;

    // Asking again is the only signal that an administrator has.
    private static async Task UntilAsync(GatewayHost gateway, bool isOn)
    {
        while (await IsOnAsync(gateway) != isOn)
        {
            Token.ThrowIfCancellationRequested();
        }
    }

    private Task<GatewayHost> StartAsync() => GatewayHost.StartAsync(system.Model, ("ConnectionStrings:redis", $"127.0.0.1:{_redis.Port}"));
}
