using Cost.Worker.Ledger;
using Cost.Worker.Ledger.Files;
using Gateway.Tests.Ledger;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tests.Forecasts;

/// <summary>A ledger of made-up spend: for each tenant at six in the morning and in the evening of each day, until the noon of the tests.</summary>
internal sealed class SpendLedger : IAsyncDisposable
{
    /// <summary>The one API key that spends.</summary>
    public const string Key = "key_spends";

    private readonly string _data = Directory.CreateTempSubdirectory("cost-forecast-").FullName;
    private readonly FileLedger _ledger;
    private long _last;

    private SpendLedger() => _ledger = new FileLedger(_data, new StoppedClock(Events.Noon), NullLogger<FileLedger>.Instance);

    public string Folder => _data;

    public IUsageLedger Ledger => _ledger;

    public static async Task<SpendLedger> CreateAsync(CancellationToken cancellationToken)
    {
        var spend = new SpendLedger();
        await spend._ledger.OpenAsync(cancellationToken);
        return spend;
    }

    /// <param name="usd">By how many days ago; null for a cost that is not known.</param>
    public async Task AddAsync(string tenant, int days, Func<int, decimal?> usd, CancellationToken cancellationToken)
    {
        var moments = Enumerable.Range(0, days + 1).SelectMany(ago => (int[])[6, 18], (ago, hour) => (Ago: ago, At: Events.Noon.AddHours(hour - 12).AddDays(-ago))).Where(one => one.At <= Events.Noon);
        var events = moments.Select(one => new BookedEvent(Events.One("j", ++_last, one.At) with { Tenant = tenant, Key = Key, CostNanoUsd = (long?)(usd(one.Ago) * 500_000_000) })).ToList();
        await _ledger.AppendAsync([new LedgerBatch("j", _last - events.Count + 1, _last, events)], cancellationToken);
        await _ledger.FlushAsync(onlyWhereDue: false, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
