using System.Globalization;
using Gateway.Benchmarks.Everything;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Metering;
using Gateway.Benchmarks.Proxies;
using Gateway.Benchmarks.Servers;
using Gateway.Benchmarks.Streams;

namespace Gateway.Benchmarks.Growth;

/// <summary>How the gateway with everything on grows with what it is given, beside a bare YARP proxy that is given the same.</summary>
internal sealed class GrowthMeasurement : IAsyncDisposable
{
    private const string Baseline = "YARP";
    private const int Connections = 64;

    private static readonly int[] ConnectionCounts = [1, 4, 16, 64, 128, 256, 512];
    private static readonly int[] Bodies = [1, 10, 100, 1_000];
    private static readonly int[] Replies = [1, 10, 100, 1_000];
    private static readonly int[] Tenants = [10, 1_000, 10_000, 100_000];
    private static readonly int[] Targets = [1, 5, 20, 50];
    private static readonly int[] Streams = [100, 500, 1_000, 2_000];
    private static readonly int[] Replicas = [1, 2, 4];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("growth-");
    private readonly Options _options;
    private readonly ServerProcess _upstream;
    private readonly ServerProcess _sink;
    private readonly ServerProcess _yarp;

    private GrowthMeasurement(Options options, ServerProcess upstream, ServerProcess sink, ServerProcess yarp) => (_options, _upstream, _sink, _yarp) = (options, upstream, sink, yarp);

    public static IReadOnlyDictionary<string, Func<GrowthMeasurement, Task>> Quantities { get; } = new Dictionary<string, Func<GrowthMeasurement, Task>>
    {
        ["connections"] = growth => growth.OneGatewayAsync("connections", ConnectionCounts, (_, _) => Wrk.ChatOf(Wrk.UsualPromptBytes), connections => connections),
        ["body"] = growth => growth.OneGatewayAsync("KB of request", Bodies, (kiloBytes, _) => Wrk.ChatOf(kiloBytes * 1024), _ => Connections),
        ["reply"] = growth => growth.OneGatewayAsync("KB of reply", Replies, (kiloBytes, _) => Wrk.ChatOf(Wrk.UsualPromptBytes, replyBytes: kiloBytes * 1024), _ => Connections),
        ["targets"] = growth => growth.OneGatewayAsync("targets of the alias", Targets, (targets, isGateway) => Wrk.ChatOf(Wrk.UsualPromptBytes, model: isGateway ? AliasOf(targets) : "m"), _ => Connections),
        ["tenants"] = growth => growth.TenantsAsync(),
        ["streams"] = growth => growth.StreamsAsync(),
        ["replicas"] = growth => growth.ReplicasAsync(),
    };

    /// <param name="quantities">Which of them grow; all where none is named.</param>
    public static async Task<int> RunAsync(IReadOnlyCollection<string> quantities, Options options)
    {
        var upstream = await ServerProcess.StartOwnAsync("upstream", "upstream");
        var sink = await ServerProcess.StartOwnAsync("sink", "telemetry-sink");
        await using var growth = new GrowthMeasurement(options, upstream, sink, await ServerProcess.StartOwnAsync(Baseline, "yarp", "--target", upstream.Address.AbsoluteUri));
        foreach (var (name, measureAsync) in Quantities.Where(quantity => quantities.Count == 0 || quantities.Contains(quantity.Key)))
        {
            Console.WriteLine($"\n{name}, {options.Rounds} rounds\n");
            await measureAsync(growth);
        }

        return 0;
    }

    public ValueTask DisposeAsync()
    {
        _yarp.Dispose();
        _sink.Dispose();
        _upstream.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <param name="bodyOf">What is asked at a value, of the gateway or of the proxy.</param>
    private async Task OneGatewayAsync(string what, int[] values, Func<int, bool, string> bodyOf, Func<int, int> connectionsOf)
    {
        await using var gateway = await StartAsync();
        var table = new GrowthTable(what, Baseline);
        foreach (var value in values)
        {
            Candidate[] candidates =
            [
                new(_yarp, Wrk.WriteScript(_folder.FullName, "none", body: bodyOf(value, false))),
                gateway.Candidate with { Script = Wrk.WriteScript(_folder.FullName, gateway.Key, body: bodyOf(value, true)) },
            ];
            await AddAsync(table, value, candidates, connectionsOf(value));
        }
    }

    private async Task TenantsAsync()
    {
        var table = new GrowthTable("tenants, as many keys, asking in turn", Baseline);
        foreach (var tenants in Tenants)
        {
            IReadOnlyList<string> keys = [];
            await using var gateway = await EverythingOn.StartAsync(_upstream.Address, _sink.Address, Folder(), fillAsync: async redis => keys = await ManyKeys.AddAsync(redis, tenants));
            await ManyKeys.AreKnownAsync(gateway.Candidate.Server, keys);
            var script = Wrk.WriteScript(_folder.FullName, keys);
            await AddAsync(table, tenants, [new(_yarp, script), gateway.Candidate with { Script = script }], Connections);
        }
    }

    private async Task StreamsAsync()
    {
        using var upstream = await StreamComparison.StartUpstreamAsync(_options);
        using var yarp = await ServerProcess.StartOwnAsync(Baseline, "yarp", "--target", upstream.Address.AbsoluteUri);
        await using var gateway = await EverythingOn.StartAsync(upstream.Address, _sink.Address, Folder());
        foreach (var streams in Streams)
        {
            await StreamComparison.MeasureAsync([(yarp, gateway.Key), (gateway.Candidate.Server, gateway.Key)], _options with { Streams = streams });
            Console.WriteLine();
        }
    }

    // The proxy stands alone, however many gateways there are.
    private async Task ReplicasAsync()
    {
        var table = new GrowthTable("replicas behind nginx", Baseline);
        foreach (var replicas in Replicas)
        {
            await using var set = await ReplicaSet.StartAsync(_upstream.Address, _sink.Address, Folder(), replicas);
            await AddAsync(table, replicas, [new(_yarp, set.Candidate.Script), set.Candidate], Connections);
        }
    }

    private async Task AddAsync(GrowthTable table, int value, Candidate[] candidates, int connections) =>
        table.Add(value.ToString("N0", CultureInfo.InvariantCulture), candidates[^1].Name, await Rounds.MeasureAsync(candidates, connections, _options));

    private Task<MeteredGateway> StartAsync() => EverythingOn.StartAsync(_upstream.Address, _sink.Address, Folder(), ManyTargets());

    private DirectoryInfo Folder() => _folder.CreateSubdirectory($"{Guid.NewGuid():N}");

    private static string AliasOf(int targets) => string.Create(CultureInfo.InvariantCulture, $"targets-{targets}");

    // Aliases with as many targets as there are values, chosen by the policy that looks at the most.
    private static Dictionary<string, string> ManyTargets()
    {
        var settings = new Dictionary<string, string>();
        foreach (var targets in Targets)
        {
            settings[$"Gateway__Models__{AliasOf(targets)}__Policy"] = "Balanced";
            for (var number = 0; number < targets; number++)
            {
                settings[$"Gateway__Models__{AliasOf(targets)}__Targets__{number}__Provider"] = "local";
                settings[$"Gateway__Models__{AliasOf(targets)}__Targets__{number}__Model"] = $"model-{number}";
                settings[$"Gateway__Prices__local/model-{number}__Input"] = "0.25";
                settings[$"Gateway__Prices__local/model-{number}__Output"] = "1.25";
            }
        }

        return settings;
    }
}
