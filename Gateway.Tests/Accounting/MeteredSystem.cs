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
/// Gateways, cost worker and Redis as processes of their own, in front of an upstream that keeps books too. Each can be killed, and
/// comes back on its port with its data. What all callers use is booked on one key with a budget.
/// </summary>
internal sealed class MeteredSystem : IAsyncDisposable
{
    /// <summary>How long a hold lasts of which nobody is heard any more.</summary>
    public const int HoldSeconds = 5;

    /// <summary>Stands for the worker's folder in what starts it.</summary>
    public const string LedgerFolder = "LEDGER";

    private const string Price = "--Gateway:Prices:local/microsoft/Phi-3-mini-4k-instruct";
    private const string Tenant = "acme";

    // No whole nano-dollars a token, so that each request is rounded.
    private const decimal InputUsdPerMillion = 0.2503m;
    private const decimal CachedInputUsdPerMillion = 0.0301m;
    private const decimal OutputUsdPerMillion = 1.2507m;

    private readonly List<MeteredGateway> _gateways = [];
    private readonly string _costData = Directory.CreateTempSubdirectory("accounting-cost-").FullName;
    private readonly int _workerPort = ServerProcess.FreePort();
    private readonly IReadOnlyList<string> _beforeWorker;

    private MeteredSystem(IReadOnlyList<string> beforeWorker)
    {
        _beforeWorker = [.. beforeWorker.Select(part => part.Replace(LedgerFolder, _costData, StringComparison.Ordinal))];
        LedgerData = _costData;
    }

    /// <summary>The worker's folder, as this process sees it.</summary>
    public string LedgerData { get; private set; }

    /// <summary>The same, as the worker sees it.</summary>
    public string LedgerFolderInside => _costData;

    public Uri WorkerAddress => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_workerPort}"));

    public Uri Gateway => _gateways[0].Process.Address;

    public IReadOnlyList<MeteredGateway> Gateways => _gateways;

    public ServerProcess Redis { get; private set; } = null!;

    public LeashedProcess Worker { get; private set; } = null!;

    public CountingUpstream Upstream { get; private set; } = null!;

    public string Key { get; private set; } = "";

    public string KeyId { get; private set; } = "";

    /// <summary>What the processes said at warning and above, gateways and workers that were killed included.</summary>
    public List<string> Log { get; } = [];

    public static Task<MeteredSystem> StartAsync(Func<string, UsageTokens> tokensOf, int gateways = 1, params IReadOnlyList<string> settings) => StartAsync(tokensOf, gateways, [], settings);

    /// <param name="beforeWorker">What starts the worker, such as a namespace of its own.</param>
    /// <param name="settings">The gateways' own.</param>
    public static async Task<MeteredSystem> StartAsync(Func<string, UsageTokens> tokensOf, int gateways, IReadOnlyList<string> beforeWorker, IReadOnlyList<string> settings)
    {
        var system = new MeteredSystem(beforeWorker)
        {
            Redis = await RedisServers.StartRedisAsync("--appendonly", "yes", "--appendfsync", "always"),
            Upstream = await CountingUpstream.StartAsync(tokensOf),
        };
        await system.StartWorkerAsync();
        string[] all =
        [
            "--services:cost:http:0", system.WorkerAddress.AbsoluteUri,
            "--Gateway:Providers:local:BaseUrl", new Uri(system.Upstream.Address, "v1").AbsoluteUri,
            "--Gateway:Budgets:ReconcileSeconds", "2",
            "--Gateway:Limits:HoldSeconds", HoldSeconds.ToString(CultureInfo.InvariantCulture),
            $"{Price}:Input", Text(InputUsdPerMillion),
            $"{Price}:CachedInput", Text(CachedInputUsdPerMillion),
            $"{Price}:Output", Text(OutputUsdPerMillion),
            .. settings,
        ];
        system._gateways.AddRange(await Task.WhenAll(Enumerable.Range(0, gateways).Select(_ => MeteredGateway.StartAsync(system.Redis.Port, all))));
        (system.KeyId, system.Key) = await system.CreateKeyAsync(new { name = "accounting", tenant = Tenant, user = "ann", budget = new { usd = 1_000_000, period = "month" } });
        return system;
    }

    /// <summary>A key that all gateways take.</summary>
    public async Task<(string Id, string Key)> CreateKeyAsync(object key)
    {
        var (id, secret) = await _gateways[0].Process.MakeKeyAsync(key);
        foreach (var gateway in _gateways)
        {
            await gateway.Process.UntilKnownAsync(secret);
        }

        return (id, secret);
    }

    /// <summary>What a request costs at the prices configured, in nano-dollars.</summary>
    public static long CostOf(UsageTokens tokens) => (long)Math.Round(
        1_000 * ((tokens.Input * InputUsdPerMillion) + (tokens.CachedInput * CachedInputUsdPerMillion) + (tokens.Output * OutputUsdPerMillion)), MidpointRounding.ToEven);

    public async Task RestartWorkerAsync()
    {
        await KillWorkerAsync();
        await StartWorkerAsync();
    }

    public async Task RestartRedisAsync()
    {
        await Redis.KillAsync();
        await Redis.StartAsync();
    }

    /// <summary>What is spent and held of the key's budget, as the gateways count it; null where that cannot be looked up at present.</summary>
    public async Task<(long Spent, long Held)?> BudgetAsync(CancellationToken cancellationToken)
    {
        using var admin = _gateways[0].Process.ClientWith(GatewayProcess.AdminKey);
        using var answer = await admin.GetAsync($"/admin/budgets?scope=key&tenant={Tenant}", cancellationToken);
        return answer.IsSuccessStatusCode && JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!["data"]!.AsArray().SingleOrDefault(one => (string?)one!["key"] == KeyId) is { } budget
            ? (UsageTotal.NanoUsdOf(budget["spent_usd"]), UsageTotal.NanoUsdOf(budget["held_usd"]))
            : null;
    }

    /// <summary>Done when the ledger has kept all that lies in the gateways' journals now.</summary>
    public async Task DeliveredAsync(CancellationToken cancellationToken)
    {
        var ends = _gateways.SelectMany(gateway => gateway.Journals())
            .Select(folder => (Journal: Path.GetFileName(folder), End: LastIn(folder)))
            .Where(journal => journal.End > 0)
            .ToList();
        await using var redis = await RedisClients.ConnectAsync(Redis.Port);
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
        var paths = new LedgerPaths(LedgerData);
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
            var (exitCode, output, error) = await CostProcess.RunAsync(cancellationToken, "report", "--month", month, "--by", "status,model", "--format", "json", "--data", LedgerData);
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
        foreach (var gateway in _gateways)
        {
            await gateway.DisposeAsync();
            Note(gateway.Lines);
        }

        await KillWorkerAsync();
        await Redis.DisposeAsync();
        await Upstream.DisposeAsync();
        Directory.Delete(_costData, recursive: true);
    }

    private async Task StartWorkerAsync()
    {
        Worker = CostProcess.Start(_costData, Redis.Port, _workerPort, _beforeWorker);

        // What is mounted for the worker alone is seen through it.
        var id = await Worker.Id;
        LedgerData = _beforeWorker.Count == 0 ? _costData : string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/root{_costData}");
    }

    private async Task KillWorkerAsync()
    {
        await Worker.DisposeAsync();
        Note(Worker.Lines);
    }

    private void Note(IEnumerable<string> lines) => Log.AddRange(lines.Where(line => !line.Contains("\"level\":\"info\"", StringComparison.Ordinal)));

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
