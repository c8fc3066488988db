using System.Diagnostics;
using System.Globalization;
using Gateway.Benchmarks.Admission;
using Gateway.Benchmarks.Everything;
using Gateway.Benchmarks.Growth;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Soak;

/// <summary>Two gateways with everything on, two upstreams of which the second is the fallback, a Redis, a cost worker and a sink for telemetry.</summary>
internal sealed class SoakSystem : IDisposable
{
    private const string Model = "microsoft/Phi-3-mini-4k-instruct";
    private const string PaceMilliseconds = "20";

    private readonly ServerProcess _sink;

    private SoakSystem(ServerProcess sink) => _sink = sink;

    public required RestartedServer Redis { get; init; }

    public required RestartedServer Worker { get; init; }

    public required RestartedServer Primary { get; init; }

    public required RestartedServer Fallback { get; init; }

    public required IReadOnlyList<RestartedServer> Gateways { get; init; }

    public required string Key { get; init; }

    public required string LedgerFolder { get; init; }

    /// <summary>Whose memory, descriptors, connections and threads are looked at: all but what stands for the world outside.</summary>
    public IEnumerable<RestartedServer> Watched => [.. Gateways, Worker, Redis];

    public static async Task<SoakSystem> StartAsync(DirectoryInfo folder)
    {
        string Below(string name) => folder.CreateSubdirectory(name).FullName;

        // The worker's too, whom the gateways ask what budgets have spent.
        Environment.SetEnvironmentVariable("GATEWAY_ADMIN_KEY", GatewayProcess.AdminKey);
        var sink = await ServerProcess.StartOwnAsync("sink", "telemetry-sink");
        var (redisPort, workerPort) = (ServerProcess.FreePort(), ServerProcess.FreePort());
        string[] redisArguments = ["--port", redisPort.ToString(CultureInfo.InvariantCulture), "--save", "", "--appendonly", "yes", "--dir", Below("redis")];
        var redis = await RestartedServer.StartAsync("Redis", () => ServerProcess.StartAsync("redis-server", redisPort, new ProcessStartInfo("redis-server", redisArguments)));
        var worker = await RestartedServer.StartAsync("cost worker", () => CostProcess.StartAsync(Below("cost"), redisPort, workerPort));
        var primary = await StartUpstreamAsync("upstream");
        var fallback = await StartUpstreamAsync("fallback upstream");

        var gateways = new List<RestartedServer>();
        var key = "";
        foreach (var name in (string[])["gateway 1", "gateway 2"])
        {
            var settings = new Dictionary<string, string>(EverythingOn.Settings(sink.Address, Fallbacks(fallback.Address)))
            {
                ["ConnectionStrings__redis"] = redis.Address.Authority,
                ["services__cost__http__0"] = worker.Address.AbsoluteUri,
                ["Data__Directory"] = Below(name),
            };
            gateways.Add(await RestartedServer.StartAsync(name, async () =>
            {
                (var server, key) = await GatewayProcess.StartAsync(primary.Address, name, settings, DistantLimits.OfKey);
                return server;
            }));
        }

        await ManyKeys.AreKnownAsync(gateways[0].Current!, [key]);
        return new SoakSystem(sink)
        {
            Redis = redis, Worker = worker, Primary = primary, Fallback = fallback, Gateways = gateways, Key = key, LedgerFolder = Below("cost"),
        };
    }

    public void Dispose()
    {
        foreach (var server in (RestartedServer[])[.. Watched, Primary, Fallback])
        {
            server.Dispose();
        }

        _sink.Dispose();
    }

    private static Task<RestartedServer> StartUpstreamAsync(string name)
    {
        var port = ServerProcess.FreePort();
        return RestartedServer.StartAsync(name, () => ServerProcess.StartOwnAsync(name, port, "upstream", "--pace-ms", PaceMilliseconds));
    }

    private static Dictionary<string, string> Fallbacks(Uri fallback) => new()
    {
        ["Gateway__Providers__second__Type"] = "OpenAI",
        ["Gateway__Providers__second__BaseUrl"] = new Uri(fallback, "v1").AbsoluteUri,
        ["Gateway__Models__phi-3-mini__Targets__1__Provider"] = "second",
        ["Gateway__Models__phi-3-mini__Targets__1__Model"] = Model,
        [$"Gateway__Prices__second/{Model}__Input"] = "0.25",
        [$"Gateway__Prices__second/{Model}__Output"] = "1.25",
    };
}
