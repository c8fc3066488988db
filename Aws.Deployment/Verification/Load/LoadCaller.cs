using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDefaults.Network;

namespace Aws.Deployment.Verification.Load;

/// <summary>Asks a gateway questions of which no two are the same, so that no cache answers, and takes the time.</summary>
internal sealed class LoadCaller(HttpClient http, string apiKey, LoadOptions options, TimeProvider time)
{
    private const string Data = "data: ";
    private const string BrokenStream = "broken stream";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly long _run = time.GetUtcNow().ToUnixTimeMilliseconds();
    private int _asked;

    public async Task<LoadSample> AskAsync(CancellationToken cancellationToken)
    {
        using var request = Question(Interlocked.Increment(ref _asked));
        var begun = time.GetTimestamp();
        TimeSpan? firstToken = null;
        string? error;

        // The client's own limit ends with the head of a reply, and a stream may stall after it.
        using var limit = new CancellationTokenSource(Patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            await using var body = await response.Content.ReadAsStreamAsync(end.Token);
            using var reader = new StreamReader(body);
            error = !response.IsSuccessStatusCode ? Refusal((int)response.StatusCode, await reader.ReadToEndAsync(end.Token))
                : options.IsStreamed ? await ReadStreamAsync(reader, () => firstToken ??= time.GetElapsedTime(begun), end.Token)
                : Whole(await reader.ReadToEndAsync(end.Token));
        }
        catch (Exception failure) when (failure.IsOfNetwork())
        {
            error = failure is SocketException or HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } ? "no connection" : "connection broken";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            error = "no answer in time";
        }

        return new LoadSample(time.GetElapsedTime(begun), firstToken, error);
    }

    private HttpRequestMessage Question(int number)
    {
        var body = new JsonObject
        {
            ["model"] = options.Model,
            ["max_tokens"] = options.MaxTokens,
            ["stream"] = options.IsStreamed,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = string.Create(CultureInfo.InvariantCulture, $"Question {number} of {_run}: what is a gateway?") }),
        };
        return new HttpRequestMessage(HttpMethod.Post, GatewayProbe.Chat)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", apiKey) },
        };
    }

    private static async Task<string?> ReadStreamAsync(StreamReader reader, Action content, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == $"{Data}[DONE]")
            {
                return null;
            }

            if (line.StartsWith($$"""{{Data}}{"error""", StringComparison.Ordinal))
            {
                return $"{BrokenStream}: {CodeOf(line[Data.Length..]) ?? "no code"}";
            }

            if (line.StartsWith(Data, StringComparison.Ordinal) && line.Contains("\"content\":\"", StringComparison.Ordinal) && !line.Contains("\"content\":\"\"", StringComparison.Ordinal))
            {
                content();
            }
        }

        return $"{BrokenStream}: no [DONE]";
    }

    private static string? Whole(string text) => text.Contains("\"choices\"", StringComparison.Ordinal) ? null : "no completion";

    private static string Refusal(int status, string text) => $"{status} {CodeOf(text)}".TrimEnd();

    private static string? CodeOf(string text)
    {
        try
        {
            var error = (JsonNode.Parse(text) as JsonObject)?["error"] as JsonObject;
            return (string?)error?["code"] ?? (string?)error?["type"];
        }
        catch (Exception none) when (none is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
