using BenchmarkDotNet.Running;
using Gateway.Benchmarks;
using Gateway.Benchmarks.Admission;
using Gateway.Benchmarks.Apis;
using Gateway.Benchmarks.Bedrock;
using Gateway.Benchmarks.Caching;
using Gateway.Benchmarks.Catalogue;
using Gateway.Benchmarks.Everything;
using Gateway.Benchmarks.Growth;
using Gateway.Benchmarks.Ledger;
using Gateway.Benchmarks.Mcp;
using Gateway.Benchmarks.Metering;
using Gateway.Benchmarks.Micro;
using Gateway.Benchmarks.Profile;
using Gateway.Benchmarks.Proxies;
using Gateway.Benchmarks.Redis;
using Gateway.Benchmarks.Scale;
using Gateway.Benchmarks.Servers;
using Gateway.Benchmarks.Soak;
using Gateway.Benchmarks.Streams;
using Gateway.Benchmarks.Telemetry;
using Gateway.Benchmarks.Tools;
using Gateway.Benchmarks.Traffic;

const string Usage = """
    dotnet run -c Release --project Gateway.Benchmarks -- COMMAND

      everything [--rounds N] [--seconds S] [--streams N]   upstream, nginx, bare YARP, Portkey, and the gateway with state in memory and with everything on, in one run
      profile SVG [--seconds S]             where the gateway's time goes with everything on: tables, and a flame graph into that file (needs perf)
      growth [QUANTITY …] [--rounds N] [--seconds S]   how speed goes with connections, body, reply, targets, tenants, streams, replicas; all of them where none is named
      scale [--rounds N] [--seconds S]      service times measured, 1, 2 and 4 gateways measured and by the model, and what saturates first up to 64 of them
      soak [--minutes N] [--trace FILE]     an hour of traffic with faults, and whether memory, connections, queues and the ledger are as they should be (--minutes 5: the short form)
      proxies [--rounds N] [--seconds S]    the gateway against a bare YARP proxy, nginx and the upstream itself, in one run
      admission [--rounds N] [--seconds S]  the gateway with keys, limits, budgets, metering and Redis on against a bare YARP proxy
      apis [--rounds N] [--seconds S]       the other APIs of the gateway against its chat, on the same OpenAI-compatible upstream
      cache [--rounds N] [--seconds S]      answers from the cache against a bare YARP proxy, and embeddings at once with grouping and without
      metering [--rounds N] [--seconds S]   the gateway with a usage journal, delivered and taken in, against itself without one
      telemetry [--rounds N] [--seconds S]  the gateway with its metrics, and with traces, metrics and logs exported, against itself without
      streams [--streams N] [--seconds S]   many paced streams at once, straight and through the gateway
      bedrock [--rounds N] [--seconds S]    JSON replies translated from Bedrock against a bare YARP proxy, and the cost of a streamed chunk
      bedrock-paced [--rounds N] [--seconds S]   the cost of a chunk of a paced stream translated from Bedrock, against YARP that passes it on
      redis [--rounds N] [--seconds S]      the Redis client against redis-benchmark, 50 callers, one server, in one run
      mcp [--rounds N] [--seconds S]        calls of the product server's tools over MCP a second
      toolloop                              what the gateway adds to a round of a chat whose tools it calls
      ledger [forecast]                     how fast usage is taken in and kept, a month's report of 10 million records, and that of the month under way (forecast: that alone)
      traffic                               how long charts and the request log take, on a week of a million requests
      micro [BenchmarkDotNet arguments]     the request scanner, the stream's frames, the choice of a target, flags and a usage event's way into the journal, with allocations
      catalogue FOLDER                      how well and fast products are found: the computer parts (*.jsonl) in the folder, and a million made of them

    Each that takes rounds or seconds also takes --warm-up S, how long a server runs before it counts.
    Servers that they start: upstream, yarp, embedding-upstream, bedrock-upstream, gateway-measured, telemetry-sink.
    """;

switch (args)
{
    case ["upstream", .. var rest]:
        await CannedUpstream.RunAsync(rest);
        return 0;
    case ["yarp", .. var rest]:
        await YarpProxy.RunAsync(rest);
        return 0;
    case ["everything", .. var rest]:
        return await EverythingComparison.RunAsync(Options.Read(rest, rounds: 7, seconds: 4, streams: 2000));
    case ["profile", var picture, .. var rest]:
        return await ProfileMeasurement.RunAsync(picture, Options.Read(rest, rounds: 1, seconds: 20));
    case ["growth", .. var rest]:
        var quantities = rest.TakeWhile(GrowthMeasurement.Quantities.ContainsKey).ToList();
        return await GrowthMeasurement.RunAsync(quantities, Options.Read(rest[quantities.Count..], rounds: 3, seconds: 2));
    case ["scale", .. var rest]:
        return await ScaleMeasurement.RunAsync(Options.Read(rest, rounds: 5, seconds: 5));
    case ["soak", .. var rest]:
        return await SoakMeasurement.RunAsync(SoakOptions.Read(rest));
    case ["proxies", .. var rest]:
        return await ProxyComparison.RunAsync(Options.Read(rest, rounds: 7, seconds: 4));
    case ["admission", .. var rest]:
        return await AdmissionComparison.RunAsync(Options.Read(rest, rounds: 7, seconds: 4));
    case ["apis", .. var rest]:
        return await ApiComparison.RunAsync(Options.Read(rest, rounds: 7, seconds: 4));
    case ["cache", .. var rest]:
        return await CacheComparison.RunAsync(Options.Read(rest, rounds: 7, seconds: 4));
    case ["embedding-upstream", .. var rest]:
        await EmbeddingUpstream.RunAsync(rest);
        return 0;
    case ["metering", .. var rest]:
        return await MeteringComparison.RunAsync(Options.Read(rest, rounds: 7, seconds: 4));
    case ["telemetry", .. var rest]:
        return await TelemetryComparison.RunAsync(Options.Read(rest, rounds: 7, seconds: 4));
    case ["telemetry-sink", .. var rest]:
        await TelemetrySink.RunAsync(rest);
        return 0;
    case ["streams", .. var rest]:
        return await StreamComparison.RunAsync(Options.Read(rest, rounds: 1, seconds: 10));
    case ["bedrock-upstream", .. var rest]:
        await CannedBedrock.RunAsync(rest);
        return 0;
    case ["gateway-measured", .. var rest]:
        await MeasuredGateway.RunAsync(rest);
        return 0;
    case ["bedrock", .. var rest]:
        return await BedrockComparison.RunAsync(Options.Read(rest, rounds: 5, seconds: 3));
    case ["bedrock-paced", .. var rest]:
        return await PacedComparison.RunAsync(Options.Read(rest, rounds: 5, seconds: 5));
    case ["redis", .. var rest]:
        return await RedisComparison.RunAsync(Options.Read(rest, rounds: 11, seconds: 1));
    case ["mcp", .. var rest]:
        return await McpMeasurement.RunAsync(Options.Read(rest, rounds: 3, seconds: 4));
    case ["toolloop"]:
        return await ToolLoopMeasurement.RunAsync();
    case ["ledger"]:
        return await LedgerMeasurement.RunAsync(onlyForecast: false);
    case ["ledger", "forecast"]:
        return await LedgerMeasurement.RunAsync(onlyForecast: true);
    case ["traffic"]:
        return await TrafficMeasurement.RunAsync();
    case ["catalogue", var folder]:
        return await CatalogueMeasurement.RunAsync(folder);
    case ["micro", .. var rest]:
        BenchmarkSwitcher.FromTypes([typeof(RequestScannerBenchmarks), typeof(StreamFrameBenchmarks), typeof(RoutingPolicyBenchmarks), typeof(FlagBenchmarks), typeof(UsageEventBenchmarks)])
            .Run(rest.Length == 0 ? ["--filter", "*"] : rest);
        return 0;
    default:
        await Console.Error.WriteLineAsync(Usage);
        return args is ["--help" or "-h"] ? 0 : 2;
}
