namespace Gateway.Api.Metering.Journal;

/// <summary>
/// The journal of a process whose disk does not outlive it: an event is durable when Redis has it, and whoever appended it waits for that.
/// Events stay in memory until the ledger acknowledges them, so that they can be pushed again.
/// </summary>
internal sealed class MemorySource(EventGatherer gatherer, long maxBytes) : IJournalSource
{
    private readonly List<ReadOnlyMemory<byte>> _events = [];
    private readonly Queue<EventGroup> _groups = new();
    private long _pushed;

    public string Journal => gatherer.Journal;

    public long First => 1;

    public long Last => gatherer.Last;

    public IReadOnlyList<ReadOnlyMemory<byte>> Read(long after, int most, out long last)
    {
        Gather();
        _events.Clear();
        last = after;
        foreach (var group in _groups)
        {
            if (_events.Count == most)
            {
                break;
            }

            if (group.Last > last)
            {
                last = group.CopyTo(_events, last, most);
            }
        }

        return _events;
    }

    public void Pushed(long last)
    {
        _pushed = Math.Max(_pushed, last);
        gatherer.CompletesAtOnce = false;
        foreach (var group in _groups)
        {
            if (group.Last <= last)
            {
                group.Complete();
            }
        }
    }

    public void Held()
    {
        // First the flag: whoever comes too late to see it is in a group that is completed here.
        gatherer.CompletesAtOnce = true;
        Gather();
        foreach (var group in _groups)
        {
            group.Complete();
        }
    }

    public void Acknowledged(long last)
    {
        while (_groups.TryPeek(out var oldest) && oldest.Last <= last)
        {
            Remove();
        }
    }

    /// <summary>Gives up what Redis never got, and says so.</summary>
    public void Lose(LostEvents lost)
    {
        Held();
        foreach (var group in _groups)
        {
            lost.Add(group, _pushed);
        }
    }

    private void Gather()
    {
        if (gatherer.TryTake() is { } group)
        {
            group.Compact();
            gatherer.HeldBytes += group.Lines.Length;
            _groups.Enqueue(group);
        }

        // Events that Redis has make way for those that it has not.
        while (gatherer.HeldBytes > maxBytes / 2 && _groups.TryPeek(out var oldest) && oldest.Last <= _pushed)
        {
            Remove();
        }
    }

    private void Remove() => gatherer.HeldBytes -= _groups.Dequeue().Lines.Length;
}
