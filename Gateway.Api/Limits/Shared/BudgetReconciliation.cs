using System.Text.Json;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Metering;
using ServiceDefaults.Network;
using StackExchange.Redis;

namespace Gateway.Api.Limits.Shared;

/// <summary>
/// Books what the ledger has of a budget and Redis has not: what a gateway that was killed had journaled and not yet settled, and what Redis
/// lost. One replica does it, at a time. What the ledger had one round ago is held against what Redis has now: by then the settlements
/// of the same requests have come, so that none of them counts twice. Nothing is ever taken off.
/// </summary>
internal sealed partial class BudgetReconciliation(
    RedisLimits limits, BudgetBook book, CostWorkerClient worker, IConnectionMultiplexer redis, LiveConfiguration configuration, TimeProvider time, ILogger<BudgetReconciliation> logger)
    : BackgroundService
{
    // Whoever did it last goes on with it until it has not for two rounds.
    private const int RoundsOfLease = 2;

    private const string TakeLease = """
        local holder = redis.call('GET', KEYS[1])
        if holder and holder ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return 1
        """;

    private static readonly RedisKey[] Lease = ["gateway:budgets:reconciler"];

    private LedgerSpend? _before;
    private int _outagesBefore;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (worker.IsKnown && !stoppingToken.IsCancellationRequested)
        {
            var interval = TimeSpan.FromSeconds(configuration.Current.Budgets.ReconcileSeconds);
            await Task.Delay(interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await ReconcileAsync(interval, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested && (failure is TimeoutException or OperationCanceledException or JsonException || failure.IsOfNetwork() || RedisKeys.IsUnavailable(failure)))
            {
                // There is another round.
                _before = null;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ReconcileAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        var outages = limits.Outages;
        var holders = book.Holders().ToLookup(holder => (holder.Placed.Place, holder.Placed.Scope.Name));
        if (!limits.IsUp || holders.Count == 0 || !await HasLeaseAsync(interval))
        {
            _before = null;
            return;
        }

        var now = time.GetUtcNow();
        if (_before is { } ledger && outages == _outagesBefore && Moment.Of(ledger.At).Day == Moment.Of(now).Day)
        {
            await BookAsync(ledger, holders, now, cancellationToken);
        }

        (_before, _outagesBefore) = (await LedgerSpend.ReadAsync(worker, now, cancellationToken), outages);
    }

    private async Task BookAsync(LedgerSpend ledger, ILookup<(string Place, string Name), BudgetHolder> budgets, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var placed = budgets.Select(holders => holders.First().Placed).ToList();
        if (await limits.ReadSpendAsync(placed, cancellationToken) is not { } counted)
        {
            return;
        }

        foreach (var (holders, spend) in budgets.Zip(counted))
        {
            var (today, thisMonth) = ledger.Of(holders);
            var ofToday = Math.Max(0, today - spend.Today);
            Book(holders.First(), now, ofToday);

            // What was lost on a day before is of the month alone.
            Book(holders.First(), now.AddDays(1 - now.UtcDateTime.Day), thisMonth - spend.ThisMonth - ofToday);
        }
    }

    private void Book(BudgetHolder holder, DateTimeOffset at, long nanoUsd)
    {
        if (nanoUsd > 0)
        {
            limits.Owe(holder.Placed, at, nanoUsd);
            LogBooked(holder.Kind, holder.Owner, nanoUsd);
        }
    }

    private async Task<bool> HasLeaseAsync(TimeSpan interval) =>
        (long)await redis.GetDatabase().ScriptEvaluateAsync(TakeLease, Lease, [limits.Replica, (long)(interval * RoundsOfLease).TotalMilliseconds]).WaitAsync(limits.Patience, time) == 1;

    [LoggerMessage(LogLevel.Warning, "Of the budget of {Kind} {Owner} the ledger has {NanoUsd} nano-dollars more than was counted; they are booked.")]
    private partial void LogBooked(string kind, string owner, long nanoUsd);
}
