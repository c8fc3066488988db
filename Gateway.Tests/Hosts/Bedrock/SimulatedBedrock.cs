using Xunit;

namespace Gateway.Tests.Hosts.Bedrock;

/// <summary>A <see cref="SimulatedGateway"/> whose provider is Bedrock: the same model behind Bedrock's protocol.</summary>
public class SimulatedBedrock : SimulatedGateway, IAsyncLifetime
{
    private LoopbackBedrock? _bedrock;

    public SimulatedBedrock() : base()
    {
    }

    protected SimulatedBedrock(params (string Key, string Value)[] modelSettings) : base(modelSettings)
    {
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _bedrock!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<GatewayHost> StartGatewayAsync()
    {
        _bedrock = await LoopbackBedrock.StartAsync(new ModelAsBedrock(Model.Http).AnswerAsync);
        return await GatewayHost.StartAsync(
            _bedrock,
            ("SIMULATED_KEY", BedrockGateway.ApiKey),
            ("Gateway:Providers:local:Type", "Bedrock"),
            ("Gateway:Providers:local:Region", "eu-central-1"),
            ("Gateway:Providers:local:BaseUrl", _bedrock.Address.AbsoluteUri),
            ("Gateway:Providers:local:ApiKey", "env:SIMULATED_KEY"));
    }
}
