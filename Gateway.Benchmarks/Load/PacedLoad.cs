using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Gateway.Benchmarks.Streams;

namespace Gateway.Benchmarks.Load;

/// <summary>Requests at a steady rate, each sent when it is due whether or not those before it were answered: times that a slow server does not hide by being asked less.</summary>
internal static class PacedLoad
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Milliseconds from the sending of a request to the end of its reply.</summary>
    public static async Task<Percentiles> RunAsync(Uri server, string key, int perSecond, int seconds)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler) { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var body = Encoding.UTF8.GetBytes(Wrk.ChatOf(Wrk.UsualPromptBytes));
        var times = new ConcurrentBag<double>();
        var requests = new List<Task>();
        using var timer = new PeriodicTimer(Tick);
        var begun = Stopwatch.GetTimestamp();
        while (requests.Count < perSecond * seconds)
        {
            await timer.WaitForNextTickAsync();
            var due = Stopwatch.GetElapsedTime(begun).TotalSeconds * perSecond;
            while (requests.Count < due && requests.Count < perSecond * seconds)
            {
                requests.Add(SendAsync());
            }
        }

        await Task.WhenAll(requests);
        return Percentiles.Of(times);

        async Task SendAsync()
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            var sent = Stopwatch.GetTimestamp();
            using var response = await http.PostAsync("/v1/chat/completions", content);
            response.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }
    }
}
