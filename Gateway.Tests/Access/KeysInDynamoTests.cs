using System.Net;
using System.Net.Http.Json;
using Gateway.Tests.Hosts;
using Gateway.Tests.Ledger;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access;

/// <summary>Two replicas of the gateway that share their keys through DynamoDB.</summary>
public sealed class KeysInDynamoTests(SimulatedGateway system) : IAsyncLifetime
{
    private readonly DynaliteFixture _dynamo = new();
    private GatewayHost _one = null!;
    private GatewayHost _other = null!;

    public async ValueTask InitializeAsync()
    {
        await _dynamo.InitializeAsync();
        _one = await StartGatewayAsync(_dynamo.Address);
        _other = await StartGatewayAsync(_dynamo.Address);
        await _one.UntilReadyAsync();
        await _other.UntilReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _dynamo.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "G6.5")]
    public Task A_key_made_or_revoked_at_one_replica_is_so_at_the_other_within_a_second_through_DynamoDB() => _one.ShouldBeFollowedByAsync(_other);

    [Fact]
    public async Task While_DynamoDB_is_away_known_keys_stay_good_and_what_cannot_be_kept_is_refused()
    {
        var (_, secret) = await _one.MakeKeyAsync();
        await _other.UntilAsync(secret, HttpStatusCode.OK);

        await _dynamo.KillAsync();
        await _one.UntilReadyAsync("degraded");
        using var admin = _one.AdminClient();
        using var refused = await admin.PostAsJsonAsync("/admin/keys", new { name = "lost" }, TestContext.Current.CancellationToken);

        (await _one.StatusAsync(secret), await _other.StatusAsync(secret)).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("DynamoDB cannot be reached");
    }

    [Fact]
    public async Task A_replica_started_while_DynamoDB_is_away_calls_no_good_key_wrong()
    {
        await using var late = await StartGatewayAsync($"http://127.0.0.1:{ServerProcess.FreePort()}");

        (await late.StatusAsync("sk-gw-any")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await late.ReadinessAsync()).ShouldContain("\"keys\":\"unavailable\"");
    }

    private Task<GatewayHost> StartGatewayAsync(string address) => GatewayHost.StartAsync(
        system.Model,
        ("Gateway:Access:KeyStore", "DynamoDB"),
        ("Gateway:Access:KeyServiceUrl", address),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"));
}
