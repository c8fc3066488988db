using System.Buffers;
using System.Text.Json;
using ServiceDefaults.Usage;

namespace Gateway.Api.Metering.Journal;

/// <summary>Events that are put down together, as lines, with one completion for all who wait for them.</summary>
/// <param name="buffer">Where the lines are gathered.</param>
/// <param name="tail">Keeps them from the end of the process until they are put down; null where nothing does.</param>
internal sealed class EventGroup(byte[] buffer, TailHalf? tail = null) : IBufferWriter<byte>
{
    // Continuations are requests: they must not run on the thread that puts down the next group.
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = buffer;
    private TailHalf? _open = tail;
    private int _length;

    public int Count { get; private set; }

    /// <summary>The number of the last event.</summary>
    public long Last { get; private set; }

    public long First => Last - Count + 1;

    public TailHalf? Tail { get; } = tail;

    /// <summary>The number of the last event that the end of the process cannot take; 0 where there is none.</summary>
    public long LastSafe { get; private set; }

    /// <summary>Whether that is the last event.</summary>
    public bool IsSafe => LastSafe == Last;

    public ReadOnlyMemory<byte> Lines => _buffer.AsMemory(0, _length);

    public Task Completed => _completion.Task;

    public void Complete() => _completion.TrySetResult();

    /// <summary>Adds an event, or nothing where it cannot be written as JSON.</summary>
    public void Add(UsageEvent usage, UsageEventId id, Utf8JsonWriter json)
    {
        var start = _length;
        try
        {
            GetSpan(CheckedLine.PrefixLength);
            _length += CheckedLine.PrefixLength;
            json.Reset(this);
            UsageEventWriter.Write(json, usage, id);
            var text = start + CheckedLine.PrefixLength;
            CheckedLine.WritePrefix(_buffer.AsSpan(start), _buffer.AsSpan(text, _length - text));
            GetSpan(1)[0] = JournalLine.End;
            _length++;
        }
        catch
        {
            _length = start;
            throw;
        }

        Count++;
        Last = id.Sequence;
        if (_open?.TryAdd(_buffer.AsSpan(start, _length - start)) == true)
        {
            LastSafe = Last;
        }
        else
        {
            _open = null;
        }
    }

    /// <summary>Lets go of the memory that no event takes up, for a group that has to wait.</summary>
    public void Compact() => Array.Resize(ref _buffer, _length);

    /// <summary>Adds to a list the JSON of the events after a number, up to so many in the list. Returns the last one's number, or that number.</summary>
    public long CopyTo(List<ReadOnlyMemory<byte>> events, long after, int most)
    {
        var sequence = First;
        for (var start = 0; start < _length && events.Count < most; sequence++)
        {
            var length = _buffer.AsSpan(start, _length - start).IndexOf(JournalLine.End);
            if (sequence > after)
            {
                events.Add(_buffer.AsMemory(start + CheckedLine.PrefixLength, length - CheckedLine.PrefixLength));
            }

            start += length + 1;
        }

        return Math.Max(after, sequence - 1);
    }

    /// <summary>Gives the buffer away for the next group; the lines are gone.</summary>
    public byte[] Release()
    {
        var released = _buffer;
        _buffer = [];
        _length = 0;
        return released;
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    private void Reserve(int size)
    {
        var needed = _length + Math.Max(size, 1);
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(needed, _buffer.Length * 2));
        }
    }
}
