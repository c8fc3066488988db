using System.Text.Json;
using ServiceDefaults.Usage;

namespace Gateway.Api.Metering.Journal;

/// <summary>
/// Numbers the events of one journal and gathers them in groups: while one group is put down the next gathers. Where somebody waits for a
/// group, to gather longer was measured and gains nothing: under load the time that a flush takes gathers as many.
/// </summary>
/// <param name="journal">The journal's id.</param>
/// <param name="last">The last number that is taken.</param>
/// <param name="maxHeldBytes">How much of the events may wait in memory.</param>
internal sealed class EventGatherer(string journal, long last, long maxHeldBytes, LostEvents lost) : IDisposable
{
    private const int BufferBytes = 64 << 10;
    private const int LargestKeptBuffer = 4 << 20;

    private readonly object _gate = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null);
    private EventGroup _gathering = new(new byte[BufferBytes]);
    private byte[]? _spare;
    private long _heldBytes;
    private JournalTail? _tail;
    private bool _isAwaited;
    private bool _isGathering;
    private bool _closed;
    private volatile bool _completesAtOnce;
    private long _last = last;

    public string Journal => journal;

    /// <summary>The last number that was given to an event.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Called when an event came to an empty group, and for every event while nobody waits.</summary>
    public Action? Began { get; set; }

    /// <summary>Whether nobody is to wait, because what would be waited for may take long.</summary>
    public bool CompletesAtOnce
    {
        get => _completesAtOnce;
        set => _completesAtOnce = value;
    }

    /// <summary>What the events take up that could not be put down yet, without those that gather.</summary>
    public long HeldBytes
    {
        get => Volatile.Read(ref _heldBytes);
        set => Volatile.Write(ref _heldBytes, value);
    }

    /// <summary>Whether there will be no more events.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _closed && _gathering.Count == 0;
            }
        }
    }

    public ValueTask AppendAsync(UsageEvent usage)
    {
        var isFirst = false;
        Task? completed = null;
        lock (_gate)
        {
            if (!_closed && HeldBytes + _gathering.Lines.Length < maxHeldBytes)
            {
                _gathering.Add(usage, new UsageEventId(journal, _last + 1), _json);
                _last++;
                completed = _gathering.IsSafe ? Task.CompletedTask : _gathering.Completed;
                isFirst = _gathering.Count == 1;
                if (_isAwaited || (_isGathering && !_gathering.IsSafe))
                {
                    _isAwaited = false;
                    Monitor.Pulse(_gate);
                }
            }
        }

        if (completed is null)
        {
            lost.Add(usage);
            return ValueTask.CompletedTask;
        }

        if (isFirst || _completesAtOnce)
        {
            Began?.Invoke();
        }

        return _completesAtOnce ? ValueTask.CompletedTask : new ValueTask(completed);
    }

    /// <summary>From the next group on, events are in the tail at once and nobody waits for them.</summary>
    public void Use(JournalTail tail)
    {
        lock (_gate)
        {
            _tail = tail;
            if (_gathering.Count == 0)
            {
                _gathering = new EventGroup(_gathering.Release(), tail.TryTake());
            }
        }
    }

    /// <summary>Waits for events and takes them. Null where none came in time, and at the end.</summary>
    /// <param name="longest">How long to wait for the first event.</param>
    /// <param name="gathering">How long to wait for more after it, where nobody waits.</param>
    public EventGroup? Take(TimeSpan longest, TimeSpan gathering)
    {
        lock (_gate)
        {
            if (_gathering.Count == 0 && !_closed)
            {
                _isAwaited = true;
                Monitor.Wait(_gate, longest);
                _isAwaited = false;
            }

            if (_gathering.Count > 0 && _gathering.IsSafe && !_closed && gathering > TimeSpan.Zero)
            {
                _isGathering = true;
                Monitor.Wait(_gate, gathering);
                _isGathering = false;
            }

            return _gathering.Count == 0 ? null : Exchange();
        }
    }

    /// <summary>Takes what is there; null where nothing is.</summary>
    public EventGroup? TryTake()
    {
        lock (_gate)
        {
            return _gathering.Count == 0 ? null : Exchange();
        }
    }

    /// <summary>Takes the buffer and the tail of a group that is done with, for another group to use.</summary>
    public void Recycle(EventGroup group)
    {
        var buffer = group.Release();
        lock (_gate)
        {
            if (buffer.Length <= LargestKeptBuffer)
            {
                _spare = buffer;
            }

            if (group.Tail is { } half)
            {
                _tail!.Return(half);
            }
        }
    }

    /// <summary>Takes no more events; <see cref="Take"/> returns what is left, then null.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose() => _json.Dispose();

    private EventGroup Exchange()
    {
        var taken = _gathering;
        _gathering = new EventGroup(_spare ?? new byte[BufferBytes], _tail?.TryTake());
        _spare = null;
        return taken;
    }
}
