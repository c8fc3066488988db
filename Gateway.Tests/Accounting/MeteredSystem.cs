using System.Globalization;
using System.Text.Json.Nodes;
using Cost.Worker.Ledger.Files;
using Gateway.Api.Metering.Journal;
using Gateway.Tests.Cost;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using ServiceDefaults.Usage;
using Shouldly;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Accounting;

/// <summary>
/// Gateway, cost worker and Redis as processes of their own, in front of an upstream that keeps books too. Each can be killed, and
/// comes back on its port with its data.
/// </summary>
internal sealed class MeteredSystem : IAsyncDisposable
{
    private const string Price = "--Gateway:Prices:local/microsoft/Phi-3-mini-4k-instruct";

    // No whole nano-dollars a token, so that each request is rounded.
    private const decimal InputUsdPerMillion = 0.2503m;
    private const decimal CachedInputUsdPerMillion = 0.0301m;
    private const decimal OutputUsdPerMillion = 1.2507m;

    private readonly string _gatewayData = Directory.CreateTempSubdirectory("accounting-gateway-").FullName;
    private readonly string _costData = Directory.CreateTempSubdirectory("accounting-cost-").FullName;
    private readonly int _gatewayPort = ServerProcess.FreePort();
    private ServerProcess _redis = null!;
    private GatewayProcess _gateway = null!;
    private LeashedProcess? _worker;

    public Uri Gateway => _gateway.Address;

    public CountingUpstream Upstream { get; private set; } = null!;

    public string Key { get; private set; } = "";

    /// <summary>Done when the gateway can serve; another one from the moment on at which it is killed.</summary>
    public Task GatewayReady { get; private set; } = Task.CompletedTask;

    /// <summary>What the processes said at warning and above, gateways and workers that were killed included.</summary>
    public List<string> Log { get; } = [];

    public static async Task<MeteredSystem> StartAsync(Func<string, UsageTokens> tokensOf)
    {
        var system = new MeteredSystem();
        system._redis = await RedisServers.StartRedisAsync("--appendonly", "yes", "--appendfsync", "always");
        system.Upstream = await CountingUpstream.StartAsync(tokensOf);
        system.StartWorker();
        await system.StartGatewayAsync();
        system.Key = await system._gateway.CreateKeyAsync(new { name = "accounting", tenant = "acme", user = "ann" });
        return system;
    }

    /// <summary>What a request costs at the prices configured, in nano-dollars.</summary>
    public static long CostOf(UsageTokens tokens) => (long)Math.Round(
        1_000 * ((tokens.Input * InputUsdPerMillion) + (tokens.CachedInput * CachedInputUsdPerMillion) + (tokens.Output * OutputUsdPerMillion)), MidpointRounding.ToEven);

    public Task RestartGatewayAsync() => GatewayReady = KillAndStartGatewayAsync();

    public async Task RestartWorkerAsync()
    {
        await KillAsync(_worker!, _worker!.Lines);
        StartWorker();
    }

    public async Task RestartRedisAsync()
    {
        await _redis.KillAsync();
        await _redis.StartAsync();
    }

    /// <summary>Done when the ledger has kept all that lies in the gateway's journals now.</summary>
    public async Task DeliveredAsync(CancellationToken cancellationToken)
    {
        var ends = Directory.GetDirectories(Path.Combine(_gatewayData, "journal"))
            .Select(folder => (Journal: Path.GetFileName(folder), End: LastIn(folder)))
            .Where(journal => journal.End > 0)
            .ToList();
        await using var redis = await RedisClients.ConnectAsync(_redis.Port);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            var kept = (await redis.GetDatabase().HashGetAllAsync(UsageTransport.Kept)).ToDictionary(entry => entry.Name.ToString(), entry => (long)entry.Value);
            if (ends.All(journal => kept.GetValueOrDefault(journal.Journal) >= journal.End))
            {
                return;
            }

            await tick.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>The ledger's records, straight from its files, each line's checksum right.</summary>
    public IReadOnlyList<UsageEvent> Records()
    {
        var records = new List<UsageEvent>();
        var paths = new LedgerPaths(_costData);
        foreach (var day in paths.Days())
        {
            LineFile.Read(paths.RecordsOf(day), default, (number, line) =>
            {
                RecordLine.TryRead(line, out var one, out _).ShouldBeTrue($"{paths.RecordsOf(day)}:{number}");
                records.AddRange(one is null ? [] : [one]);
            });
        }

        return records;
    }

    /// <summary>What the worker's command reports over the months of these records.</summary>
    public async Task<UsageTotal> ReportAsync(IEnumerable<UsageEvent> records, CancellationToken cancellationToken)
    {
        var sum = default(UsageTotal);
        foreach (var month in records.Select(record => record.At.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture)).Distinct())
        {
            var (exitCode, output, error) = await CostProcess.RunAsync(cancellationToken, "report", "--month", month, "--by", "status,model", "--format", "json", "--data", _costData);
            exitCode.ShouldBe(0, error);
            var report = JsonNode.Parse(output)!;
            var rows = report["data"]!.AsArray().Aggregate(default(UsageTotal), (rowSum, row) => rowSum + UsageTotal.Read(row!));
            rows.ShouldBe(UsageTotal.Read(report["total"]!));
            sum += rows;
        }

        return sum;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync(_gateway, _gateway.Lines);
        await KillAsync(_worker!, _worker!.Lines);
        await _redis.DisposeAsync();
        await Upstream.DisposeAsync();
        Directory.Delete(_gatewayData, recursive: true);
        Directory.Delete(_costData, recursive: true);
    }

    private async Task KillAndStartGatewayAsync()
    {
        await KillAsync(_gateway, _gateway.Lines);
        await StartGatewayAsync();
    }

    private async Task StartGatewayAsync() => _gateway = await GatewayProcess.StartAsync(
        _gatewayPort,
        _gatewayData,
        _redis.Port,
        "--Gateway:Providers:local:BaseUrl", new Uri(Upstream.Address, "v1").AbsoluteUri,
        $"{Price}:Input", Text(InputUsdPerMillion),
        $"{Price}:CachedInput", Text(CachedInputUsdPerMillion),
        $"{Price}:Output", Text(OutputUsdPerMillion));

    private void StartWorker() => _worker = CostProcess.Start(_costData, _redis.Port);

    private async Task KillAsync(IAsyncDisposable process, IEnumerable<string> lines)
    {
        await process.DisposeAsync();
        lock (Log)
        {
            Log.AddRange(lines.Where(line => !line.Contains("\"level\":\"info\"", StringComparison.Ordinal)));
        }
    }

    // The last event of a journal stands in its last segment, unless that is still empty; one that is gone meanwhile was acknowledged.
    private static long LastIn(string folder)
    {
        try
        {
            return JournalSegment.In(folder).Select(segment => LastIn(segment, Path.GetFileName(folder))).DefaultIfEmpty().Max();
        }
        catch (Exception gone) when (gone is DirectoryNotFoundException or FileNotFoundException)
        {
            return 0;
        }
    }

    private static long LastIn(JournalSegment segment, string journal)
    {
        // A line that its writer was killed at is nobody's: its caller saw no last byte.
        using var reader = new SegmentReader(segment, journal, (_, _) => { });
        while (reader.Fill())
        {
            while (reader.TryRead(out _))
            {
            }
        }

        return reader.Last;
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
