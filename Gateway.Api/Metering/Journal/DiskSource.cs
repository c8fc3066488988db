namespace Gateway.Api.Metering.Journal;

/// <summary>A journal on disk: this process's own, which grows, or one that another process left behind.</summary>
/// <param name="folder">The journal.</param>
/// <param name="last">Tells the last number that is durable.</param>
internal sealed partial class DiskSource(JournalFolder folder, Func<long> last, ILogger<DiskSource> logger) : IJournalSource, IDisposable
{
    private readonly List<ReadOnlyMemory<byte>> _events = [];
    private SegmentReader? _reader;
    private JournalSegment? _segment;
    private long _position;

    public string Journal => folder.Journal;

    public long First { get; } = folder.Segments is [var oldest, ..] ? oldest.First : last() + 1;

    public long Last => last();

    public IReadOnlyList<ReadOnlyMemory<byte>> Read(long after, int most, out long last)
    {
        _events.Clear();
        var durable = Last;
        if (after < _position)
        {
            LetGo();
        }

        _position = after;
        while (_events.Count == 0)
        {
            ReadChunk(most);
            if (_events.Count > 0)
            {
                break;
            }

            // In this order: a segment that another one follows does not grow any more.
            var next = Next(after);
            if (_reader?.Fill() == true)
            {
                continue;
            }

            if (next is null)
            {
                if (_position < durable)
                {
                    LogNotFound(_position + 1, durable, Journal);
                    _position = durable;
                }

                break;
            }

            Open(next);
        }

        last = _position;
        return _events;
    }

    public void Pushed(long last)
    {
    }

    public void Held()
    {
    }

    public void Acknowledged(long last) => folder.Trim(last);

    public void Dispose() => LetGo();

    private void ReadChunk(int most)
    {
        while (_events.Count < most && _reader?.TryRead(out var json) == true)
        {
            if (_reader.Last > _position)
            {
                _events.Add(json);
                _position = _reader.Last;
            }
        }
    }

    // A segment that the disk refused from the beginning is replaced by one of the same name.
    private JournalSegment? Next(long after) => _segment is { } current
        ? folder.Segments.FirstOrDefault(segment => segment != current && segment.First >= current.First)
        : folder.Segments.LastOrDefault(segment => segment.First <= after + 1) ?? (folder.Segments is [var oldest, ..] ? oldest : null);

    private void Open(JournalSegment segment)
    {
        _reader?.EndSegment();
        LetGo();
        try
        {
            _reader = new SegmentReader(segment, Journal, LogDamaged);
        }
        catch (FileNotFoundException)
        {
            LogMissing(segment.Path);
        }

        _segment = segment;
    }

    private void LetGo()
    {
        _reader?.Dispose();
        _reader = null;
        _segment = null;
    }

    [LoggerMessage(LogLevel.Error, "Line {Line} of {File} is damaged and left out; its event is lost.")]
    private partial void LogDamaged(string file, long line);

    [LoggerMessage(LogLevel.Error, "Usage events {First} to {Last} of journal {Journal} are not on disk any more; they are lost where they were not delivered.")]
    private partial void LogNotFound(long first, long last, string journal);

    [LoggerMessage(LogLevel.Error, "{File} is gone; its events are lost where they were not delivered.")]
    private partial void LogMissing(string file);
}
