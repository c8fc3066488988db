using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Tools;

/// <summary>What a scripted model answers in one round, whole or streamed.</summary>
/// <param name="Text">What it says; null for nothing.</param>
/// <param name="Calls">The functions that it calls, with their arguments.</param>
internal sealed record ModelSays(string? Text, params (string Name, string Arguments)[] Calls)
{
    private const string Head = "\"id\":\"c\",\"created\":1,\"model\":\"m-1\",\"system_fingerprint\":\"fp-1\"";
    private const string Usage = "\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":10,\"total_tokens\":110,\"prompt_tokens_details\":{\"cached_tokens\":40}}";

    /// <summary>Comes first; a test may hold the answer back by it, or answer itself.</summary>
    public Func<HttpContext, Task<bool>>? Before { get; init; }

    public string? FinishReason { get; init; }

    private string Reason => FinishReason ?? (Calls.Length > 0 ? "tool_calls" : "stop");

    public async Task AnswerAsync(HttpContext http, bool isStream)
    {
        if (Before is not null && await Before(http))
        {
            return;
        }

        http.Response.ContentType = isStream ? "text/event-stream" : "application/json";
        await (isStream ? StreamAsync(http) : http.Response.WriteAsync(Whole(), http.RequestAborted));
    }

    private string Whole()
    {
        var calls = new JsonArray([.. Calls.Select((call, index) => (JsonNode)CallOf(call, index))]);
        var message = new JsonObject { ["role"] = "assistant", ["content"] = Text };
        if (calls.Count > 0)
        {
            message["tool_calls"] = calls;
        }

        return $$"""{{{Head}},"object":"chat.completion","choices":[{"index":0,"message":{{message.ToJsonString()}},"logprobs":null,"finish_reason":"{{Reason}}"}],{{Usage}}}""";
    }

    private async Task StreamAsync(HttpContext http)
    {
        await WriteAsync("\"role\":\"assistant\",\"content\":\"\"", "null");
        foreach (var word in Text?.Split(' ') ?? [])
        {
            await WriteAsync($"\"content\":{JsonValue.Create($"{word} ").ToJsonString()}", "null");
        }

        for (var i = 0; i < Calls.Length; i++)
        {
            var call = CallOf(Calls[i], i);
            call["index"] = i;
            await WriteAsync($"\"tool_calls\":[{call.ToJsonString()}]", "null");
        }

        await WriteAsync("", $"\"{Reason}\"");
        await http.Response.WriteAsync($"data: {{{Head},\"object\":\"chat.completion.chunk\",\"choices\":[],{Usage}}}\n\ndata: [DONE]\n\n", http.RequestAborted);

        async Task WriteAsync(string delta, string reason)
        {
            await http.Response.WriteAsync($"data: {{{Head},\"object\":\"chat.completion.chunk\",\"choices\":[{{\"index\":0,\"delta\":{{{delta}}},\"finish_reason\":{reason}}}]}}\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    private static JsonObject CallOf((string Name, string Arguments) call, int index) => new()
    {
        ["id"] = $"call_{index}",
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
    };
}
