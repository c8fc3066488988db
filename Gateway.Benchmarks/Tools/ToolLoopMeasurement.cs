using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Tools;

/// <summary>What the gateway adds to a round of a chat whose tools it calls: all that passes but the model's time and the tool's.</summary>
internal static class ToolLoopMeasurement
{
    private const int WarmUps = 300;
    private const int Conversations = 1000;
    private const double GoalMilliseconds = 5;
    private const int AtOnce = 200;
    private const int Waves = 10;

    private const string Body =
        """{"model":"phi-3-mini","messages":[{"role":"user","content":"A wireless keyboard under 60 dollars in stock?"}],"tools":[{"type":"mcp","server_label":"bench","server_url":"gateway/mcp/bench","require_approval":"never"}]}""";

    public static async Task<int> RunAsync()
    {
        await using var upstream = await ToolUpstream.StartAsync();
        var (server, key) = await GatewayProcess.StartAsync(upstream.Address, settings: new Dictionary<string, string> { ["Gateway__McpServers__bench__Url"] = new Uri(upstream.Address, "mcp").AbsoluteUri });
        using (server)
        {
            using var http = new HttpClient { BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
            for (var i = 0; i < WarmUps; i++)
            {
                await AskAsync(http);
            }

            var rounds = new List<double>(Conversations);
            var before = server.CpuSeconds;
            for (var i = 0; i < Conversations; i++)
            {
                upstream.TakeTime();
                var started = Stopwatch.GetTimestamp();
                await AskAsync(http);
                rounds.Add((Stopwatch.GetElapsedTime(started) - upstream.TakeTime()).TotalMilliseconds / ToolUpstream.Rounds);
            }

            var cpu = (server.CpuSeconds - before) * 1e3 / (Conversations * ToolUpstream.Rounds);
            rounds.Sort();
            var (median, slow) = (rounds[Conversations / 2], rounds[Conversations * 99 / 100]);
            Console.WriteLine("| a round of three | p50 ms | p99 ms | CPU ms of the gateway |");
            Console.WriteLine("|---|---|---|---|");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| but model and tool | {median:N2} | {slow:N2} | {cpu:N2} |"));
            await MeasureManyAsync(server, http);
            return median <= GoalMilliseconds ? 0 : 1;
        }
    }

    // Each wave asks for as much as the one before: memory that grows with them would not be given back.
    private static async Task MeasureManyAsync(ServerProcess server, HttpClient http)
    {
        Console.WriteLine();
        Console.WriteLine($"| {AtOnce} conversations at once | s | MiB resident |");
        Console.WriteLine("|---|---|---|");
        for (var wave = 1; wave <= Waves; wave++)
        {
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => AskAsync(http)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| wave {wave} | {Stopwatch.GetElapsedTime(started).TotalSeconds:N2} | {server.ResidentBytes / 1048576.0:N0} |"));
        }
    }

    private static async Task AskAsync(HttpClient http)
    {
        using var content = new StringContent(Body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/v1/chat/completions", content);
        response.EnsureSuccessStatusCode();
        var reply = await response.Content.ReadAsStringAsync();
        if (!reply.Contains("Take the first.", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"That is no answer: {reply}");
        }
    }
}
