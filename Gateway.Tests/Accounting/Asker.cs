using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Accounting;

/// <summary>Callers of the gateway who note which of their requests they saw the last byte of.</summary>
internal sealed class Asker(Uri gateway, string key) : IDisposable
{
    private const string Whole = """{"model":"phi-3-mini","messages":[{"role":"user","content":"Hello"}]}""";
    private const string Streamed = """{"model":"phi-3-mini","stream":true,"messages":[{"role":"user","content":"Hello"}]}""";

    private readonly HttpClient _http = new()
    {
        BaseAddress = gateway,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    /// <summary>Asks, and says whether the answer came to its end: the whole JSON, or <c>[DONE]</c>. A connection that breaks after that changes nothing.</summary>
    public async Task<Answer> AskAsync(string id, bool stream, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
        request.Headers.Add("x-request-id", id);
        request.Content = new StringContent(stream ? Streamed : Whole, Encoding.UTF8, "application/json");
        using var received = new MemoryStream();
        var status = 0;
        string? broken = null;
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            status = (int)response.StatusCode;
            await response.Content.CopyToAsync(received, cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            broken = failure.Message;
        }

        var text = Encoding.UTF8.GetString(received.GetBuffer(), 0, (int)received.Length);
        var isWhole = status == 200 && (stream ? text.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal) : IsJson(text));
        return new Answer(isWhole, isWhole ? ContentOf(text, stream) : "", isWhole || broken is not null ? null : $"{status} {text}");
    }

    public void Dispose() => _http.Dispose();

    private static string ContentOf(string text, bool stream) => stream
        ? string.Concat(text.Split("\n\n").Where(frame => frame.StartsWith("data: {", StringComparison.Ordinal)).Select(frame => ContentOf(frame["data: ".Length..], "delta")))
        : ContentOf(text, "message") ?? "";

    private static string? ContentOf(string json, string part) => JsonNode.Parse(json)!["choices"] is JsonArray { Count: > 0 } choices ? (string?)choices[0]![part]!["content"] : null;

    private static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>What a caller saw.</summary>
    /// <param name="IsWhole">The answer, to its last byte.</param>
    /// <param name="Text">What a whole answer says.</param>
    /// <param name="Fault">Something else than an answer, although the connection held; null where there is nothing to complain of.</param>
    public readonly record struct Answer(bool IsWhole, string Text, string? Fault);
}
