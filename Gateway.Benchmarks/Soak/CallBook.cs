using System.Collections.Concurrent;

namespace Gateway.Benchmarks.Soak;

/// <summary>What callers saw: each request by its id, and when the upstream was killed, which is what an answer under way may break off for.</summary>
internal sealed class CallBook
{
    private readonly ConcurrentDictionary<string, Ending?> _endings = new();
    private readonly ConcurrentQueue<(string Id, TimeSpan Sent, TimeSpan Ended, Ending Ending, string Detail)> _bad = [];
    private readonly ConcurrentQueue<(TimeSpan Begin, TimeSpan End)> _kills = [];
    private readonly long _opened = TimeProvider.System.GetTimestamp();

    /// <summary>Since the book was opened.</summary>
    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_opened);

    public int Asked => _endings.Count;

    public IEnumerable<string> Ids => _endings.Keys;

    /// <summary>Those whose answer began: the ledger must have each once.</summary>
    public IEnumerable<string> Answered => _endings.Where(one => one.Value is Ending.Finished or Ending.Left or Ending.Broken).Select(one => one.Key);

    public int Count(Ending ending) => _endings.Values.Count(one => one == ending);

    public TimeSpan Sent(string id)
    {
        _endings[id] = null;
        return Now;
    }

    public void Ended(string id, TimeSpan sent, Ending ending, string detail)
    {
        _endings[id] = ending;
        if (ending is Ending.Broken or Ending.Refused)
        {
            _bad.Enqueue((id, sent, Now, ending, detail));
        }
    }

    /// <summary>The upstream was killed between <paramref name="begin"/> and now.</summary>
    public void UpstreamKilled(TimeSpan begin) => _kills.Enqueue((begin, Now));

    /// <summary>What should not have failed: all but an answer that had begun, and broke off visibly, when the upstream that gave it was killed.</summary>
    public IReadOnlyList<string> Faults() =>
    [
        .. _bad.Where(one => one.Ending == Ending.Refused || !_kills.Any(kill => one.Sent <= kill.End && one.Ended >= kill.Begin))
            .Select(one => $"{one.Id} at {one.Ended.TotalSeconds:0.0} s: {one.Ending}, {one.Detail}"),
    ];
}
