using System.Globalization;
using System.Runtime.InteropServices;
using Gateway.Api.Metering;
using Gateway.Api.Pipeline;
using ServiceDefaults.Usage;

namespace Gateway.Api.Experiments.Tallies;

/// <summary>
/// Counts what became of the requests of experiments, off their way: gathered in memory and added to the store once a second. What cannot be
/// added waits for the next time, and counts once.
/// </summary>
internal sealed partial class TallyBook(ITallyStore store, TimeProvider time, ILogger<TallyBook> logger) : BackgroundService
{
    private const double MicrosecondsPerMillisecond = 1_000;
    private const double Thousand = 1_000;
    private const double Million = 1_000_000;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _flushing = new(1);
    private Dictionary<(string Experiment, TallyField Field), long> _counts = [];

    // By experiment; whoever flushes has them.
    private readonly Dictionary<string, TallyBatch> _batches = [];
    private long _lastBatch;
    private bool _isAway;

    /// <summary>Counts a request that has ended. What was refused or given up by its caller says nothing of its variant.</summary>
    public void Count(GatewayRequest request, Outcome outcome, long? costNanoUsd)
    {
        if (request.Variant is not { } variant || outcome.Status is UsageStatus.Refused or UsageStatus.Cancelled)
        {
            return;
        }

        var microseconds = request.Duration.Ticks / TimeSpan.TicksPerMicrosecond;
        var day = DateOnly.FromDateTime(request.StartedAt.UtcDateTime);
        lock (_lock)
        {
            Add(TallyField.Requests, 1);
            if (outcome.Status == UsageStatus.Failed)
            {
                Add(TallyField.Errors, 1);
            }
            else
            {
                Add(TallyField.Latencies, 1);
                Add(TallyField.LatencySum, microseconds);
                Add(TallyField.LatencySquares, (long)((double)microseconds * microseconds / Thousand));
                Add($"{TallyField.LatencyBucket}{LatencyBuckets.Of(microseconds / MicrosecondsPerMillisecond).ToString(CultureInfo.InvariantCulture)}", 1);
            }

            if (costNanoUsd is { } cost)
            {
                Add(TallyField.Costs, 1);
                Add(TallyField.CostSum, cost);
                Add(TallyField.CostSquares, (long)((double)cost * cost / Million));
            }
        }

        void Add(string measure, long amount) => this.Add(variant.Experiment, new TallyField(day, variant.Name, measure), amount);
    }

    /// <summary>Counts a score, in place of the one that the request got before, where it did.</summary>
    public void Count(string experiment, string variant, double score, double? before)
    {
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var (now, past) = (Thousandths(score), Thousandths(before ?? 0));
        lock (_lock)
        {
            Add(experiment, new TallyField(day, variant, TallyField.Scores), before is null ? 1 : 0);
            Add(experiment, new TallyField(day, variant, TallyField.ScoreSum), now - past);
            Add(experiment, new TallyField(day, variant, TallyField.ScoreSquares), (now * now) - (past * past));
        }
    }

    /// <summary>All counts of an experiment, those of this process up to now.</summary>
    /// <exception cref="TalliesUnavailableException">They cannot be read at present.</exception>
    public async Task<IReadOnlyDictionary<string, long>> ReadAsync(string experiment, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        return await store.ReadAsync(experiment, cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryFlushAsync(CancellationToken.None);
    }

    public override void Dispose()
    {
        _flushing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryFlushAsync(stoppingToken);
        }
    }

    private static long Thousandths(double score) => (long)Math.Round(score * Thousand);

    private void Add(string experiment, TallyField field, long amount) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, (experiment, field), out _) += amount;

    private async Task TryFlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushAsync(cancellationToken);
            _isAway = false;
        }
        catch (TalliesUnavailableException failure)
        {
            if (!_isAway)
            {
                LogWaiting(failure.Message);
            }

            _isAway = true;
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            await SettleAsync(cancellationToken);
            foreach (var experiment in Take().GroupBy(count => count.Key.Experiment))
            {
                _batches[experiment.Key] = new TallyBatch(++_lastBatch, experiment.ToDictionary(count => count.Key.Field.ToString(), count => count.Value));
            }

            await SettleAsync(cancellationToken);
        }
        finally
        {
            _flushing.Release();
        }
    }

    private Dictionary<(string Experiment, TallyField Field), long> Take()
    {
        lock (_lock)
        {
            var taken = _counts;
            _counts = taken.Count > 0 ? [] : taken;
            return taken;
        }
    }

    // A batch of which it is not known whether it was added stays as it is.
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        foreach (var (experiment, batch) in _batches.ToList())
        {
            await store.AddAsync(experiment, batch, cancellationToken);
            _batches.Remove(experiment);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Counts of experiments wait in memory: {Reason}")]
    private partial void LogWaiting(string reason);
}
