using Gateway.Tests.Hosts;
using Xunit;

namespace Gateway.Tests.Access.Jwt;

/// <summary>A gateway that takes the tokens of a <see cref="TestIssuer"/> with two keys.</summary>
public sealed class JwtGateway(SimulatedGateway system) : IAsyncLifetime
{
    internal TestIssuer Issuer { get; private set; } = null!;

    public GatewayHost Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Issuer = await TestIssuer.StartAsync("one", "two");
        Gateway = await GatewayHost.StartAsync(system.Model, Issuer.Settings(("Gateway:Access:Jwt:Issuers:0:AdminClaim", "roles=gateway-admin")));
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
