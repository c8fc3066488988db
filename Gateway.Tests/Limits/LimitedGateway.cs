using System.Net.Http.Json;
using Gateway.Tests.Hosts;
using Xunit;

namespace Gateway.Tests.Limits;

/// <summary>A gateway that counts limits in its own process, in front of an upstream that keeps books. Prices are 1 USD per million tokens read, 20 written.</summary>
internal sealed class LimitedGateway : IAsyncDisposable
{
    public const string Model = "phi-3-mini";

    private const string Target = "local/microsoft/Phi-3-mini-4k-instruct";

    private LimitedGateway(BookkeepingUpstream upstream, GatewayHost gateway) => (Upstream, Gateway) = (upstream, gateway);

    public BookkeepingUpstream Upstream { get; }

    public GatewayHost Gateway { get; }

    public static async Task<LimitedGateway> StartAsync(params (string Key, string Value)[] settings)
    {
        var upstream = await BookkeepingUpstream.StartAsync();
        return new LimitedGateway(upstream, await GatewayHost.StartAsync(upstream.Host, [($"Gateway:Prices:{Target}:Input", "1"), ($"Gateway:Prices:{Target}:Output", "20"), .. settings]));
    }

    /// <summary>A client with a key of its own.</summary>
    public async Task<HttpClient> CallerAsync(object key) => Gateway.ClientWith(await Gateway.CreateKeyAsync(key));

    public static Task<HttpResponseMessage> AskAsync(HttpClient caller, string model = Model, int maxTokens = 10, string user = "") =>
        caller.PostAsJsonAsync(
            "/v1/chat/completions",
            new { model, user, max_tokens = maxTokens, messages = new[] { new { role = "user", content = "x" } } },
            TestContext.Current.CancellationToken);

    /// <summary>The status, and the code of the error where it is one.</summary>
    public static async Task<(int Status, string? Code)> StatusAsync(HttpClient caller, string model = Model, int maxTokens = 10)
    {
        using var response = await AskAsync(caller, model, maxTokens);
        return ((int)response.StatusCode, await response.CodeAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
