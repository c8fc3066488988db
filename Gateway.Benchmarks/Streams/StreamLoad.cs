using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Gateway.Benchmarks.Streams;

/// <summary>Opens streams, all at about the same time, and checks and times each chunk: <c>…"content":"7:123456789"…</c>, its number and when it was sent.</summary>
internal static class StreamLoad
{
    private const string Marker = "\"content\":\"";
    private const string Body = """{"model":"phi-3-mini","stream":true,"messages":[{"role":"user","content":"Tell me a long story."}]}""";

    /// <summary>Streams are opened over this long, as callers would, and not in one instant.</summary>
    private static readonly TimeSpan RampUp = TimeSpan.FromSeconds(2);

    public static async Task<StreamResult> RunAsync(Uri server, string key, int streams, int tokens)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var (first, transit) = (new ConcurrentBag<double>(), new ConcurrentBag<double>());
        var faults = 0;
        await Task.WhenAll(Enumerable.Range(0, streams).Select(async index =>
        {
            await Task.Delay(RampUp * index / streams, TimeProvider.System);
            var complete = await ReadAsync(http, tokens, first, transit);
            if (!complete)
            {
                Interlocked.Increment(ref faults);
            }
        }));
        return new StreamResult(Percentiles.Of(first), Percentiles.Of(transit), faults);
    }

    private static async Task<bool> ReadAsync(HttpClient http, int tokens, ConcurrentBag<double> first, ConcurrentBag<double> transit)
    {
        var begun = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var expected = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == "data: [DONE]")
            {
                return expected == tokens;
            }

            if (line.IndexOf(Marker, StringComparison.Ordinal) is >= 0 and var at)
            {
                var now = Stopwatch.GetTimestamp();
                var content = line.AsSpan(at + Marker.Length);
                var colon = content.IndexOf(':');
                if (int.Parse(content[..colon], CultureInfo.InvariantCulture) != expected)
                {
                    return false;
                }

                if (expected++ == 0)
                {
                    first.Add(Stopwatch.GetElapsedTime(begun, now).TotalMilliseconds);
                }

                var sent = long.Parse(content[(colon + 1)..content.IndexOf('"')], CultureInfo.InvariantCulture);
                transit.Add(Stopwatch.GetElapsedTime(sent, now).TotalMilliseconds);
            }
        }

        return false;
    }
}
