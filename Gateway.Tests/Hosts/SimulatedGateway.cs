using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Xunit;

[assembly: AssemblyFixture(typeof(SimulatedGateway))]

namespace Gateway.Tests.Hosts;

/// <summary>The gateway in front of the simulated model, with a key: one for all tests that only look at answers.</summary>
public class SimulatedGateway : IAsyncLifetime
{
    public const string ChatModel = "phi-3-mini";

    public const string EmbeddingModel = "local-embeddings";

    /// <summary>What the simulated server calls <see cref="ChatModel"/>, and answers as.</summary>
    public const string ServedChatModel = "microsoft/Phi-3-mini-4k-instruct";

    private const int LongestWaitMs = 20_000;

    private readonly (string Key, string Value)[] _modelSettings;

    public SimulatedGateway() : this([])
    {
    }

    protected SimulatedGateway(params (string Key, string Value)[] modelSettings) => _modelSettings = modelSettings;

    public ModelHost Model { get; private set; } = null!;

    public GatewayHost Gateway { get; private set; } = null!;

    public string Key { get; private set; } = null!;

    /// <summary>A client that sends <see cref="Key"/>.</summary>
    public HttpClient Caller { get; private set; } = null!;

    /// <summary>Where OpenAI's clients find the gateway.</summary>
    public Uri BaseUrl => new(Gateway.Address, "v1");

    public async ValueTask InitializeAsync()
    {
        Model = await ModelHost.StartAsync(_modelSettings);
        Gateway = await StartGatewayAsync();
        Key = await Gateway.CreateKeyAsync();
        Caller = Gateway.ClientWith(Key);
    }

    /// <summary>Starts the gateway in front of <see cref="Model"/>.</summary>
    protected virtual Task<GatewayHost> StartGatewayAsync() => GatewayHost.StartAsync(Model);

    /// <summary>How the simulated server says that an answer ended, once it has.</summary>
    public async Task<string> FinishOfAsync(string answerId)
    {
        var record = await Model.Http.GetFromJsonAsync<JsonObject>($"/control/requests/{answerId}?wait_ms={LongestWaitMs}");
        return (string)record!["finish"]!;
    }

    public virtual async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        await Gateway.DisposeAsync();
        await Model.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
