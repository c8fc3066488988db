using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Tests.Hosts.Bedrock;

/// <summary>One call of <see cref="LoopbackBedrock"/>, and ways to answer it.</summary>
internal sealed record BedrockExchange(HttpContext Http, string Model, string Verb, JsonObject Body)
{
    public string? Authorization { get; } = Http.Request.Headers.Authorization;

    /// <summary>The path as it was sent.</summary>
    public string RawTarget { get; } = Http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    public string Connection { get; } = Http.Connection.Id;

    public Task JsonAsync(JsonNode reply, int status = 200)
    {
        Http.Response.StatusCode = status;
        Http.Response.ContentType = "application/json";
        return Http.Response.WriteAsync(reply.ToJsonString());
    }

    /// <summary>A whole reply of Converse.</summary>
    public Task ContentAsync(string stopReason, params JsonObject[] content) => JsonAsync(Reply(stopReason, content));

    public Task ErrorAsync(int status, string name, string message)
    {
        Http.Response.Headers["x-amzn-errortype"] = $"{name}:http://internal.amazon.com/coral/com.amazon.bedrock/";
        return JsonAsync(new JsonObject { ["message"] = message }, status);
    }

    /// <summary>Frames, each flushed by itself.</summary>
    public async Task StreamAsync(IEnumerable<byte[]> frames)
    {
        BeginStream();
        foreach (var frame in frames)
        {
            await Http.Response.Body.WriteAsync(frame);
            await Http.Response.Body.FlushAsync();
        }
    }

    public void BeginStream() => Http.Response.ContentType = "application/vnd.amazon.eventstream";

    public static JsonObject Reply(string stopReason, params JsonObject[] content) => new()
    {
        ["metrics"] = new JsonObject { ["latencyMs"] = 7 },
        ["output"] = new JsonObject { ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = new JsonArray([.. content]) } },
        ["stopReason"] = stopReason,
        ["usage"] = new JsonObject { ["inputTokens"] = 30, ["outputTokens"] = 5, ["totalTokens"] = 35 },
    };

    public static JsonObject Text(string text) => new() { ["text"] = text };

    public static JsonObject ToolUse(string id, string name, JsonObject input) => new() { ["toolUse"] = new JsonObject { ["toolUseId"] = id, ["name"] = name, ["input"] = input } };
}
