using System.Globalization;
using Gateway.Benchmarks.Everything;
using Gateway.Benchmarks.Proxies;
using Gateway.Benchmarks.Scale.Model;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Scale;

/// <summary>
/// Measures what a request takes of everybody with one gateway, says by the model how 2 and 4 gateways on the same machine do, and measures whether they do; then,
/// with the same service times, what saturates first where each has a machine of its own.
/// </summary>
internal static class ScaleMeasurement
{
    private static readonly int[] Replicas = [1, 2, 4];
    private static readonly int[] Connections = [16, 64];

    public static async Task<int> RunAsync(Options options)
    {
        var folder = Directory.CreateTempSubdirectory("scale-");
        using (var upstream = await ServerProcess.StartOwnAsync("upstream", "upstream"))
        using (var sink = await ServerProcess.StartOwnAsync("sink", "telemetry-sink"))
        {
            var sets = new List<ReplicaSet>();
            try
            {
                foreach (var replicas in Replicas)
                {
                    sets.Add(await ReplicaSet.StartAsync(upstream.Address, sink.Address, folder.CreateSubdirectory($"{replicas}"), replicas));
                }

                var messages = await MeasureMessagesAsync(upstream, sink, folder.CreateSubdirectory("without-leases"), options);
                var measurements = sets.ConvertAll(set => new UsageMeasurement(set, upstream, sink));
                foreach (var connections in Connections)
                {
                    await CheckAsync(sets, measurements, connections, messages, options);
                }

                var (usage, _) = await measurements[0].RunAsync(Connections[^1], options.Seconds);
                Console.WriteLine(PaperTables.Of(Calibration.TimesOf(usage, messages)));
            }
            finally
            {
                foreach (var set in sets)
                {
                    await set.DisposeAsync();
                }
            }
        }

        folder.Delete(recursive: true);
        return 0;
    }

    // Without leases, so that how much is in a message is known: each request's hold and its settlement.
    private static async Task<(double Message, double Item)> MeasureMessagesAsync(ServerProcess upstream, ServerProcess sink, DirectoryInfo folder, Options options)
    {
        var settings = new Dictionary<string, string> { ["Gateway__Limits__LeaseMilliseconds"] = "0" };
        await using var set = await ReplicaSet.StartAsync(upstream.Address, sink.Address, folder, replicas: 1, settings);
        var measurement = new UsageMeasurement(set, upstream, sink);
        await measurement.RunAsync(Connections[^1], options.WarmUp);
        var (usage, _) = await measurement.RunAsync(Connections[^1], options.Seconds);
        var (lone, _) = await measurement.RunAsync(connections: 1, options.Seconds);
        return Calibration.RedisTimesOf(usage, lone);
    }

    private static async Task CheckAsync(List<ReplicaSet> sets, List<UsageMeasurement> measurements, int connections, (double Message, double Item) messages, Options options)
    {
        var rounds = await Rounds.MeasureAsync([.. sets.Select(set => set.Candidate)], connections, options);
        var measured = new List<(Usage Usage, double Cores)>();
        foreach (var measurement in measurements)
        {
            measured.Add(await measurement.RunAsync(connections, options.Seconds));
        }

        var usage = measured[0].Usage;
        var times = Calibration.TimesOf(usage, messages);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{connections} connections, one gateway, µs CPU a request: gateway {Micro(usage.Gateway)}, nginx {Micro(usage.Balancer)}, upstream {Micro(usage.Upstream)}, Redis {Micro(usage.Redis)}, worker and sink {Micro(usage.Background)}, wrk {Micro(usage.Client)}; Redis {Micro(times.RedisMessage)} for a message and {Micro(times.RedisItem)} for each of what is in it, {Micro(times.Delivery)} for usage on its way\n"));
        Console.WriteLine("| replicas | requests/s measured | by the model | deviation | p50 ms measured | by the model | messages to Redis a request | by the model | cores that all of it had |\n|---|---|---|---|---|---|---|---|---|");
        for (var index = 0; index < sets.Count; index++)
        {
            var layout = new Layout { Replicas = Replicas[index], Tenants = 1, Connections = connections, SharedCores = Environment.ProcessorCount, CoresOfReplica = Environment.ProcessorCount };
            var predicted = GatewayModel.Predict(times, layout, warmUp: 1, seconds: 5);
            var name = sets[index].Candidate.Name;
            var (rate, p50) = (Median.Of(rounds.Select(round => round[name].RequestsPerSecond)), Median.Of(rounds.Select(round => round[name].P50Milliseconds)));
            var row = string.Create(CultureInfo.InvariantCulture, $"| {Replicas[index]} | {rate:N0} | {predicted.RequestsPerSecond:N0} | {(predicted.RequestsPerSecond / rate) - 1:+0 %;-0 %;0 %} | {p50:0.00} | {predicted.P50Milliseconds:0.00} ");
            Console.WriteLine(row + string.Create(CultureInfo.InvariantCulture, $"| {measured[index].Usage.Messages:0.00} | {predicted.MessagesOfRequest:0.00} | {measured[index].Cores:0.0} |"));
        }

        Console.WriteLine();
    }

    private static string Micro(double seconds) => (seconds * 1e6).ToString("0", CultureInfo.InvariantCulture);
}
