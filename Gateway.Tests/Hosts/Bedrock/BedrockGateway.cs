using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Hosts.Bedrock;

/// <summary>The gateway in front of a <see cref="LoopbackBedrock"/>, with alias <c>m</c> for the model that the test is about.</summary>
internal sealed class BedrockGateway : IAsyncDisposable
{
    public const string ApiKey = "ABSKtest-key-of-the-gateway";

    private BedrockGateway(LoopbackBedrock bedrock, GatewayHost gateway, HttpClient caller) => (Bedrock, Gateway, Caller) = (bedrock, gateway, caller);

    public LoopbackBedrock Bedrock { get; }

    public GatewayHost Gateway { get; }

    /// <summary>A client that sends a key of the gateway.</summary>
    public HttpClient Caller { get; }

    public static Task<BedrockGateway> StartAsync(Func<BedrockExchange, Task>? answer = null, string model = "some.model-v1:0", params (string Key, string Value)[] settings) =>
        StartAsync(answer, model, ApiKey, settings);

    public static async Task<BedrockGateway> StartAsync(Func<BedrockExchange, Task>? answer, string model, string apiKey, params (string Key, string Value)[] settings)
    {
        var bedrock = await LoopbackBedrock.StartAsync(answer);
        var gateway = await GatewayHost.StartAsync(
            bedrock,
            [
                ("AWS_BEARER_TOKEN_BEDROCK", apiKey),
                ("Gateway:Providers:bedrock:BaseUrl", bedrock.Address.AbsoluteUri),
                ("Gateway:Models:m:Targets:0:Provider", "bedrock"),
                ("Gateway:Models:m:Targets:0:Model", model),
                .. settings,
            ]);
        return new BedrockGateway(bedrock, gateway, await gateway.CallerClientAsync());
    }

    /// <param name="fields">Fields beside the messages, as JSON: <c>"a":1,"b":2</c>.</param>
    public Task<HttpResponseMessage> ChatAsync(string? fields = null, HttpClient? caller = null)
    {
        var others = fields is null ? "" : $",{fields}";
        return PostAsync("/v1/chat/completions", $$"""{"model":"m","messages":[{"role":"user","content":"Hello"}]{{others}}}""", caller);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body, HttpClient? caller = null) =>
        (caller ?? Caller).PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

    public static async Task<JsonNode> JsonOf(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonNode>())!;

    /// <summary>The data of every frame.</summary>
    public async Task<List<string>> StreamAsync(string? fields = null)
    {
        var others = fields is null ? "" : $",{fields}";
        using var response = await ChatAsync($"\"stream\":true{others}");
        var text = await response.Content.ReadAsStringAsync();
        return [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(frame => frame["data: ".Length..])];
    }

    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        await Gateway.DisposeAsync();
        await Bedrock.DisposeAsync();
    }
}
