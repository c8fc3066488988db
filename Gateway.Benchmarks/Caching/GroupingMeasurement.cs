using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Caching;

/// <summary>64 callers, each with one embedding after the other, every text another: how many calls the upstream gets, and how long a caller waits, with grouping and without.</summary>
internal static class GroupingMeasurement
{
    private const int Callers = 64;
    private const int WarmUpEach = 100;

    public static async Task<string> RunAsync(Options options)
    {
        using var upstream = await ServerProcess.StartOwnAsync("upstream", "embedding-upstream");
        var text = new StringBuilder("64 callers of embeddings, an upstream that takes 10 ms a call\n\n| | requests | upstream calls | requests a call | p50 ms | p99 ms |\n|---|---|---|---|---|---|\n");
        foreach (var enabled in new[] { false, true })
        {
            var (gateway, key) = await GatewayProcess.StartAsync(upstream.Address, settings: new Dictionary<string, string> { ["Gateway__Grouping__Enabled"] = $"{enabled}" });
            using (gateway)
            {
                await LoadAsync(gateway.Address, key, WarmUpEach);
                var before = await CallsAsync(upstream.Address);
                var times = await LoadAsync(gateway.Address, key, options.Seconds * WarmUpEach);
                var calls = await CallsAsync(upstream.Address) - before;
                text.AppendLine(CultureInfo.InvariantCulture, $"| {(enabled ? "grouped" : "each alone")} | {times.Length} | {calls} | {(double)times.Length / calls:0.0} | {times[times.Length / 2]:0.0} | {times[times.Length * 99 / 100]:0.0} |");
            }
        }

        return text.ToString();
    }

    // The times in milliseconds, in order.
    private static async Task<double[]> LoadAsync(Uri gateway, string key, int each)
    {
        using var http = new HttpClient { BaseAddress = gateway, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        var times = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            var own = new double[each];
            for (var i = 0; i < each; i++)
            {
                using var content = new StringContent($$"""{"model":"local-embeddings","input":"{{Guid.NewGuid()}}"}""", Encoding.UTF8, "application/json");
                var start = Stopwatch.GetTimestamp();
                using var response = await http.PostAsync("/v1/embeddings", content);
                response.EnsureSuccessStatusCode();
                own[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            return own;
        }));
        return [.. times.SelectMany(own => own).Order()];
    }

    private static async Task<long> CallsAsync(Uri upstream)
    {
        using var http = new HttpClient { BaseAddress = upstream };
        return long.Parse(await http.GetStringAsync("/calls"), CultureInfo.InvariantCulture);
    }
}
