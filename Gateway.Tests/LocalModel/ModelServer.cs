using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.LocalModel;

/// <summary>The real simulated model server on a port of its own, as fast as it goes unless a request asks otherwise.</summary>
public class ModelServer : IAsyncLifetime
{
    public const string ChatModel = "microsoft/Phi-3-mini-4k-instruct";
    public const string EmbeddingModel = "local-embeddings";

    private ModelHost _host = null!;

    public HttpClient Client => _host.Http;

    protected virtual (string Key, string Value)[] Settings => [];

    public async ValueTask InitializeAsync() => _host = await ModelHost.StartAsync(Settings);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public Task<HttpResponseMessage> SendAsync(string path, JsonObject body, string? simulate = null, string? requestId = null, bool headersOnly = false, CancellationToken? cancellationToken = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (simulate is not null)
        {
            request.Headers.Add("x-simulate", simulate);
        }

        if (requestId is not null)
        {
            request.Headers.Add("x-request-id", requestId);
        }

        var completion = headersOnly ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead;
        return Client.SendAsync(request, completion, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    /// <summary>The JSON of an answer that must be a success.</summary>
    public async Task<JsonNode> AskAsync(string path, JsonObject body)
    {
        using var response = await SendAsync(path, body);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(200, text);
        return JsonNode.Parse(text)!;
    }

    public Task<JsonNode> ChatAsync(string question, object? more = null) => AskAsync("/v1/chat/completions", Chat(question, more));

    /// <summary>What is refused, and how.</summary>
    public async Task<(int Status, JsonNode Error)> RefusedAsync(string path, JsonObject body)
    {
        using var response = await SendAsync(path, body);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!);
    }

    /// <summary>The events of a stream: what stands after "data: ".</summary>
    public async Task<List<string>> EventsAsync(string path, JsonObject body, string? simulate = null)
    {
        body["stream"] = true;
        using var response = await SendAsync(path, body, simulate);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        text.ShouldEndWith("\n\n");
        return [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : throw new ShouldAssertException(line))];
    }

    /// <summary>What the server knows of a request, once it has ended.</summary>
    public async Task<JsonNode> EndedAsync(string requestId) =>
        (await Client.GetFromJsonAsync<JsonNode>($"/control/requests/{requestId}?wait_ms=10000", TestContext.Current.CancellationToken))!;

    public static JsonObject Chat(string question, object? more = null)
    {
        var body = new JsonObject
        {
            ["model"] = ChatModel,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = question }),
        };
        return With(body, more);
    }

    public static JsonObject With(JsonObject body, object? more)
    {
        foreach (var (name, value) in more is null ? [] : JsonSerializer.SerializeToNode(more)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }
}
