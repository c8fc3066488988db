using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Bedrock;

/// <summary>
/// What a chunk costs where streams are paced as models pace them, so that each chunk has a read and a write of its own: through YARP,
/// which passes Bedrock's frames on, and through the gateway, which translates them. Measured while all streams flow: what a request
/// costs is not in it.
/// </summary>
internal static class PacedComparison
{
    private const int Streams = 200;
    private const int PaceMilliseconds = 50;
    private const string Endless = "1000000";
    private const string Chat = """{"model":"phi-3-mini","stream":true,"messages":[{"role":"user","content":"Tell me a long story."}]}""";
    private const string Converse = """{"messages":[{"role":"user","content":[{"text":"Tell me a long story."}]}]}""";

    public static async Task<int> RunAsync(Options options)
    {
        using var bedrock = await ServerProcess.StartOwnAsync("upstream", "bedrock-upstream", "--tokens", Endless, "--pace-ms", $"{PaceMilliseconds}");
        using var yarp = await ServerProcess.StartOwnAsync("YARP", "yarp", "--target", bedrock.Address.AbsoluteUri);
        var (gateway, key) = await GatewayProcess.StartAsync(bedrock.Address, "gateway", BedrockComparison.SettingsFor(bedrock.Address), typeof(PacedComparison).Assembly.Location, "gateway-measured");
        using (gateway)
        {
            using var passing = new HttpClient { BaseAddress = yarp.Address };
            using var translating = new HttpClient { BaseAddress = gateway.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
            var (span, rounds) = (TimeSpan.FromSeconds(options.Seconds), new List<(double Yarp, double Gateway)>());
            Console.WriteLine($"{Streams} streams, {1000 / PaceMilliseconds} chunks/s each\n\n| round | YARP: µs CPU a chunk | gateway | ratio | gateway: B allocated a chunk |\n|---|---|---|---|---|");
            for (var round = 0; round <= options.Rounds; round++)
            {
                var (passed, _) = await MeasureAsync(yarp, passing, "/model/m/converse-stream", Converse, FramesIn, span, allocated: null);
                var (translated, bytes) = await MeasureAsync(gateway, translating, "/v1/chat/completions", Chat, EventsIn, span, BedrockComparison.AllocatedAsync);

                // The first round is for the compiler.
                if (round > 0)
                {
                    rounds.Add((passed, translated));
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {round} | {passed:0.0} | {translated:0.0} | {translated / passed:0.00} | {bytes:0} |"));
                }
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| median | {Median.Of(rounds.Select(round => round.Yarp)):0.0} | {Median.Of(rounds.Select(round => round.Gateway)):0.0} | {Median.Of(rounds.Select(round => round.Gateway / round.Yarp)):0.00} | |"));
        }

        return 0;
    }

    private static async Task<(double Microseconds, double Bytes)> MeasureAsync(
        ServerProcess server, HttpClient http, string path, string body, Func<ReadOnlyMemory<byte>, double> chunksIn, TimeSpan span, Func<HttpClient, Task<long>>? allocated)
    {
        using var end = new CancellationTokenSource();
        var counters = Enumerable.Range(0, Streams).Select(_ => new Counter()).ToArray();
        var streams = Task.WhenAll(counters.Select(counter => ReadAsync(http, path, body, chunksIn, counter, end.Token)));
        await Task.WhenAll(counters.Select(counter => counter.Begun.Task));

        var (cpu, bytes, before) = (server.CpuSeconds, allocated is null ? 0 : await allocated(http), counters.Sum(counter => counter.Chunks));
        await Task.Delay(span, TimeProvider.System);
        var chunks = counters.Sum(counter => counter.Chunks) - before;
        var result = ((server.CpuSeconds - cpu) * 1e6 / chunks, allocated is null ? 0 : (await allocated(http) - bytes) / chunks);
        await end.CancelAsync();
        await streams;
        return result;
    }

    private static async Task ReadAsync(HttpClient http, string path, string body, Func<ReadOnlyMemory<byte>, double> chunksIn, Counter counter, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            response.EnsureSuccessStatusCode();
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[16 * 1024];
            while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                counter.Chunks += chunksIn(buffer.AsMemory(0, read));
                counter.Begun.TrySetResult();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It was measured.
        }
        catch (Exception failure)
        {
            counter.Begun.TrySetException(failure);
            throw;
        }
    }

    private static double FramesIn(ReadOnlyMemory<byte> read) => (double)read.Length / CannedBedrock.TokenBytes;

    private static double EventsIn(ReadOnlyMemory<byte> read) => read.Span.Count("\n\n"u8);

    private sealed class Counter
    {
        public double Chunks { get; set; }

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
