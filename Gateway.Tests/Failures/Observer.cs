using System.Collections.Concurrent;
using System.Globalization;
using Gateway.Tests.Accounting;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Failures;

/// <summary>
/// Stands apart from all that is broken: holds what callers saw against the upstream's own log, and both against ledger, report and budget.
/// Nothing is lost, nothing doubled, nothing made up, and no truncated answer taken for a whole one.
/// </summary>
internal sealed class Observer(MeteredSystem system, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, string> _finished = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private int _asked;
    private int _refused;

    /// <summary>Requests that a limit refused.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>What a request takes, by an id that ends in its number: no two take the same.</summary>
    public static UsageTokens TokensOf(string id)
    {
        var number = long.Parse(id[(id.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture);
        return new UsageTokens(Input: number, CachedInput: number % 13, CacheWrite: 0, Output: (number % 211) + 1);
    }

    /// <summary>The next request's id.</summary>
    public string NextId(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Interlocked.Increment(ref _asked)}");

    /// <param name="mayBeRefused">Whether 429 is nothing to complain of.</param>
    public void Saw(string id, in Asker.Answer answer, bool mayBeRefused = false)
    {
        if (answer.IsWhole)
        {
            _finished[id] = answer.Text;
        }
        else if (mayBeRefused && answer.Fault?.StartsWith("429", StringComparison.Ordinal) == true)
        {
            Interlocked.Increment(ref _refused);
        }
        else if (answer.Fault is { } fault)
        {
            _faults.Enqueue($"{id}: {fault}");
        }
    }

    /// <summary>How many of these requests were at the upstream at once, by its log.</summary>
    /// <param name="prefix">Of their ids.</param>
    public int MostAtOnce(string prefix)
    {
        var visits = system.Upstream.Log.Where(visit => visit.Id.StartsWith(prefix + "-", StringComparison.Ordinal)).ToList();
        var (now, most) = (0, 0);
        foreach (var (_, change) in visits.Select(visit => (At: visit.Begun, Change: 1)).Concat(visits.Select(visit => (At: visit.Ended, Change: -1))).Order())
        {
            now += change;
            most = Math.Max(most, now);
        }

        return most;
    }

    /// <summary>When all is delivered: the judgement.</summary>
    public async Task JudgeAsync(CancellationToken cancellationToken)
    {
        await system.DeliveredAsync(cancellationToken);
        var records = system.Records();
        var served = system.Upstream.Log.Where(visit => visit.IsServed).Select(visit => visit.Id).ToHashSet();
        output.WriteLine($"{_asked} asked, {_finished.Count} finished, {served.Count} served, {records.Count} records, {_refused} refused.");

        _faults.ShouldBeEmpty();
        records.GroupBy(record => record.RequestId).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty("doubled");
        var byId = records.ToDictionary(record => record.RequestId);
        _finished.Keys.Where(id => !byId.ContainsKey(id)).ShouldBeEmpty("lost");
        _finished.Keys.Where(id => !served.Contains(id)).ShouldBeEmpty("finished for the caller and not at the upstream");
        _finished.Where(one => one.Value != system.Upstream.TextOf(one.Key)).ShouldBeEmpty("truncated, and taken for a whole answer");
        _finished.Keys.Where(id => byId[id].Tokens != system.Upstream.Counted[id]).ShouldBeEmpty("booked otherwise than the upstream counted");
        records.Where(record => record.Tokens != default && !system.Upstream.Counted.ContainsKey(record.RequestId)).ShouldBeEmpty("made up");

        var unfinished = records.Where(record => !_finished.ContainsKey(record.RequestId));
        (await system.ReportAsync(records, cancellationToken)).ShouldBe(UsageTotal.Of(_finished.Keys.Select(id => system.Upstream.Counted[id])) + UsageTotal.Of(unfinished));
        await JudgeBudgetAsync(records.Where(record => record.Key == system.KeyId).Sum(record => record.CostNanoUsd ?? 0), cancellationToken);
    }

    // It is put right within a few seconds of the last usage kept.
    private async Task JudgeBudgetAsync(long spent, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var budget = await system.BudgetAsync(cancellationToken);
            if (budget == (spent, 0) || TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                budget.ShouldBe((spent, 0), "spent and held of the budget");
                return;
            }

            await tick.WaitForNextTickAsync(cancellationToken);
        }
    }
}
