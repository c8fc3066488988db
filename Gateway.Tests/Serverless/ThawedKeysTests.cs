using System.Net;
using Gateway.Tests.Access;
using Gateway.Tests.Hosts;
using Gateway.Tests.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Serverless;

public sealed class ThawedKeysTests(SimulatedGateway system) : IAsyncLifetime
{
    private readonly DynaliteFixture _dynamo = new();

    public ValueTask InitializeAsync() => _dynamo.InitializeAsync();

    public ValueTask DisposeAsync() => _dynamo.DisposeAsync();

    [Fact]
    [Trait("Requirement", "G6.5")]
    public async Task A_key_that_was_revoked_while_the_process_was_frozen_opens_nothing()
    {
        var time = new FrozenTime();
        await using var awake = await StartAsync(TimeProvider.System);
        await awake.UntilReadyAsync();
        var (id, secret) = await awake.MakeKeyAsync();
        await using var frozen = await StartAsync(time, ("AWS_LAMBDA_FUNCTION_NAME", "ai-gateway-dev-gateway"));
        await frozen.UntilAsync(secret, HttpStatusCode.OK);

        using var admin = awake.AdminClient();
        using var revoked = await admin.DeleteAsync($"/admin/keys/{id}", TestContext.Current.CancellationToken);
        revoked.EnsureSuccessStatusCode();
        time.Advance(TimeSpan.FromMinutes(3));

        (await frozen.StatusAsync(secret)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private Task<GatewayHost> StartAsync(TimeProvider time, params (string Key, string Value)[] settings) => GatewayHost.StartAsync(
        system.Model,
        services => services.AddSingleton(time),
        [
            ("Gateway:Access:KeyStore", "DynamoDB"), ("Gateway:Access:KeyServiceUrl", _dynamo.Address), ("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test"),
            .. settings,
        ]);
}
