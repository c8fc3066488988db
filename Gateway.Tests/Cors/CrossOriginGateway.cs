using Gateway.Tests.Hosts;
using Xunit;

namespace Gateway.Tests.Cors;

/// <summary>A gateway that the pages of one origin may call.</summary>
public sealed class CrossOriginGateway(SimulatedGateway system) : IAsyncLifetime
{
    public const string Listed = "https://app.example.com";

    public GatewayHost Gateway { get; private set; } = null!;

    public string Key { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Gateway = await GatewayHost.StartAsync(system.Model, ("Gateway:Cors:Origins:0", Listed), ("Gateway:Limits:MaxRequestBytes", "1024"));
        Key = await Gateway.CreateKeyAsync();
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
