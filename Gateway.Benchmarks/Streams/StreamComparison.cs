using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Streams;

/// <summary>Many paced streams at once, straight from the upstream, then through YARP and the gateway: what each adds, and what it costs.</summary>
internal static class StreamComparison
{
    private const int PaceMilliseconds = 50;

    public static async Task<int> RunAsync(Options options)
    {
        using var upstream = await StartUpstreamAsync(options);
        using var yarp = await ServerProcess.StartOwnAsync("YARP", "yarp", "--target", upstream.Address.AbsoluteUri);
        var (gateway, key) = await GatewayProcess.StartAsync(upstream.Address);
        using (gateway)
        {
            await MeasureAsync([(upstream, key), (yarp, key), (gateway, key)], options);
        }

        return 0;
    }

    /// <summary>An upstream whose streams last as long as the measurement.</summary>
    public static Task<ServerProcess> StartUpstreamAsync(Options options) =>
        ServerProcess.StartOwnAsync("upstream", "upstream", "--tokens", $"{TokensOf(options)}", "--pace-ms", $"{PaceMilliseconds}");

    public static async Task MeasureAsync(IEnumerable<(ServerProcess Server, string Key)> servers, Options options)
    {
        var tokens = TokensOf(options);
        Console.WriteLine($"{options.Streams} streams, {1000 / PaceMilliseconds} tokens/s each, {tokens} tokens\n");
        Console.WriteLine("| | first chunk ms p50 | p99 | chunk transit ms p50 | p99 | out of order or lost | CPU s | KB a stream |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (server, key) in servers)
        {
            // A few streams first, so that code is compiled and the memory before counts what is there anyway.
            await StreamLoad.RunAsync(server.Address, key, options.Streams / 10, tokens);
            var (memory, cpu) = (server.ResidentBytes, server.CpuSeconds);
            var peak = memory;
            using var sampling = new CancellationTokenSource();
            var sampler = SampleAsync(server, bytes => peak = Math.Max(peak, bytes), sampling.Token);
            var result = await StreamLoad.RunAsync(server.Address, key, options.Streams, tokens);
            await sampling.CancelAsync();
            await sampler;
            Console.WriteLine(
                $"| {server.Name} | {result.FirstChunk.P50:0.0} | {result.FirstChunk.P99:0.0} | {result.Transit.P50:0.00} | {result.Transit.P99:0.00} | {result.Faults} | {server.CpuSeconds - cpu:0.0} | {(peak - memory) / 1024.0 / options.Streams:0} |");
        }
    }

    private static int TokensOf(Options options) => options.Seconds * 1000 / PaceMilliseconds;

    private static async Task SampleAsync(ServerProcess server, Action<long> sample, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                sample(server.ResidentBytes);
            }
        }
        catch (OperationCanceledException)
        {
            // The load is over.
        }
    }
}
