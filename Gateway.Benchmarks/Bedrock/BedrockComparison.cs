using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Proxies;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Bedrock;

/// <summary>
/// JSON replies through the translation to Bedrock against a bare YARP proxy that translates nothing, in one run; then what one chunk of
/// a translated stream costs the gateway's process, sockets and all, and what it allocates.
/// </summary>
internal static class BedrockComparison
{
    private const string Baseline = "YARP";
    private const int Tokens = 2000;
    private const int StreamsAtOnce = 8;

    private static readonly int[] Connections = [1, 16, 64];

    public static async Task<int> RunAsync(Options options)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-benchmark-").FullName;
        using var bedrock = await ServerProcess.StartOwnAsync("upstream", "bedrock-upstream", "--tokens", Tokens.ToString(CultureInfo.InvariantCulture));
        using var yarp = await ServerProcess.StartOwnAsync(Baseline, "yarp", "--target", bedrock.Address.AbsoluteUri);
        var (gateway, key) = await GatewayProcess.StartAsync(bedrock.Address, settings: SettingsFor(bedrock.Address));
        using (gateway)
        {
            var script = Wrk.WriteScript(folder, key);
            foreach (var connections in Connections)
            {
                var rounds = await Rounds.MeasureAsync([new(bedrock, script), new(yarp, script), new(gateway, script)], connections, options);
                Console.WriteLine(Table.Of(connections, ["upstream", Baseline, gateway.Name], rounds, Baseline));
            }
        }

        Directory.Delete(folder, recursive: true);
        await MeasureStreamsAsync(bedrock.Address, options);
        return 0;
    }

    private static async Task MeasureStreamsAsync(Uri bedrock, Options options)
    {
        var (gateway, key) = await GatewayProcess.StartAsync(bedrock, "gateway", SettingsFor(bedrock), newKey: null, typeof(BedrockComparison).Assembly.Location, "gateway-measured");
        using (gateway)
        {
            using var http = new HttpClient { BaseAddress = gateway.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
            await StreamAsync(http, rounds: 10);
            Console.WriteLine("| round | µs CPU a chunk | B allocated a chunk |\n|---|---|---|");
            for (var round = 1; round <= options.Rounds; round++)
            {
                var (cpu, allocated) = (gateway.CpuSeconds, await AllocatedAsync(http));
                var chunks = await StreamAsync(http, rounds: 4);
                var (cpuEach, allocatedEach) = ((gateway.CpuSeconds - cpu) * 1e6 / chunks, (double)(await AllocatedAsync(http) - allocated) / chunks);
                Console.WriteLine($"| {round} | {cpuEach:0.00} | {allocatedEach:0} |");
            }
        }
    }

    public static async Task<long> AllocatedAsync(HttpClient http) => long.Parse(await http.GetStringAsync(MeasuredGateway.Allocated), CultureInfo.InvariantCulture);

    private static async Task<int> StreamAsync(HttpClient http, int rounds)
    {
        await Task.WhenAll(Enumerable.Range(0, StreamsAtOnce).Select(async _ =>
        {
            for (var round = 0; round < rounds; round++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
                {
                    Content = new StringContent("""{"model":"phi-3-mini","stream":true,"messages":[{"role":"user","content":"Tell me a long story."}]}""", Encoding.UTF8, "application/json"),
                };
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                response.EnsureSuccessStatusCode();
                var text = await response.Content.ReadAsStringAsync();
                if (!text.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException("A stream was not complete.");
                }
            }
        }));
        return StreamsAtOnce * rounds * Tokens;
    }

    public static Dictionary<string, string> SettingsFor(Uri bedrock) => new()
    {
        ["BENCHMARK_KEY"] = "ABSKbenchmark",
        ["Gateway__Providers__local__Type"] = "Bedrock",
        ["Gateway__Providers__local__Region"] = "eu-central-1",
        ["Gateway__Providers__local__BaseUrl"] = bedrock.AbsoluteUri,
        ["Gateway__Providers__local__ApiKey"] = "env:BENCHMARK_KEY",
        ["Gateway__Providers__bedrock__UseAwsCredentials"] = "false",
    };
}
