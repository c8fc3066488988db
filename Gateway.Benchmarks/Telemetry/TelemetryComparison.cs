using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Proxies;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Telemetry;

/// <summary>What telemetry costs the gateway: with none of it, with what it measures for <c>/metrics</c>, with metrics, logs and the usual part of traces exported too, and with every trace.</summary>
internal static class TelemetryComparison
{
    private const string Baseline = "off";

    private static readonly int[] Connections = [16, 64];

    public static async Task<int> RunAsync(Options options)
    {
        var folder = Directory.CreateTempSubdirectory("telemetry-benchmark-");
        using (var upstream = await ServerProcess.StartOwnAsync("upstream", "upstream"))
        using (var sink = await ServerProcess.StartOwnAsync("sink", "telemetry-sink"))
        {
            var (off, offKey) = await GatewayProcess.StartAsync(upstream.Address, Baseline, new Dictionary<string, string> { ["Metrics__Enabled"] = "false" });
            using var plain = off;
            var (metrics, metricsKey) = await GatewayProcess.StartAsync(upstream.Address, "/metrics");
            using var scraped = metrics;
            var exported = new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = sink.Address.AbsoluteUri,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_SERVICE_NAME"] = "gateway",
            };
            var (all, allKey) = await GatewayProcess.StartAsync(upstream.Address, "/metrics and OTLP", exported);
            using var exporting = all;
            var (traced, tracedKey) = await GatewayProcess.StartAsync(upstream.Address, "and each traced", new Dictionary<string, string>(exported) { ["OTEL_TRACES_SAMPLER"] = "always_on" });
            using var tracing = traced;
            Candidate[] candidates = [new(off, ScriptOf("off", offKey)), new(metrics, ScriptOf("metrics", metricsKey)), new(all, ScriptOf("all", allKey)), new(traced, ScriptOf("traced", tracedKey))];
            foreach (var connections in Connections)
            {
                var rounds = await Rounds.MeasureAsync(candidates, connections, options);
                Console.WriteLine(Table.Of(connections, candidates.Select(candidate => candidate.Server.Name), rounds, Baseline));
            }
        }

        folder.Delete(recursive: true);
        return 0;

        string ScriptOf(string name, string key) => Wrk.WriteScript(folder.CreateSubdirectory(name).FullName, key);
    }
}
