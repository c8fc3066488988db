using Microsoft.Win32.SafeHandles;
using ServiceDefaults.Usage;

namespace Gateway.Api.Metering.Journal;

/// <summary>Reads one segment from its beginning, line by line, up to where it is durable at the time.</summary>
internal sealed class SegmentReader(JournalSegment segment, string journal, Action<string, long> damaged) : IDisposable
{
    private const int ChunkBytes = 256 << 10;

    private readonly SafeFileHandle _file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    private byte[] _chunk = new byte[ChunkBytes];
    private int _start;
    private int _end;
    private long _read;
    private long _line;

    public JournalSegment Segment => segment;

    /// <summary>The number of the event that was read last.</summary>
    public long Last { get; private set; } = segment.First - 1;

    /// <summary>Reads into the chunk what is durable by now, over lines that were read; false where there is no more.</summary>
    public bool Fill()
    {
        var rest = _end - _start;
        _chunk.AsSpan(_start, rest).CopyTo(_chunk);
        if (rest == _chunk.Length)
        {
            Array.Resize(ref _chunk, _chunk.Length * 2);
        }

        _start = 0;
        _end = rest;
        var most = (int)Math.Min(_chunk.Length - rest, segment.Length - _read);
        var got = most <= 0 ? 0 : RandomAccess.Read(_file, _chunk.AsSpan(rest, most), _read);
        _read += got;
        _end += got;
        return got > 0;
    }

    /// <summary>The next event of the chunk, good until it is filled again; damaged lines are told of and left out. False where there is no more in the chunk.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> json)
    {
        while (true)
        {
            var chunk = _chunk.AsSpan(_start, _end - _start);
            var end = chunk.IndexOf(JournalLine.End);
            if (end < 0)
            {
                json = default;
                return false;
            }

            _line++;
            var start = _start;
            _start += end + 1;
            if (JournalLine.TryRead(chunk[..end], journal, out var sequence))
            {
                Last = sequence;
                json = _chunk.AsMemory(start + CheckedLine.PrefixLength, end - CheckedLine.PrefixLength);
                return true;
            }

            damaged(segment.Path, _line);
        }
    }

    /// <summary>Tells of a line that breaks off where no more can follow. Zeros were never written.</summary>
    public void EndSegment()
    {
        if (_chunk.AsSpan(_start, _end - _start).ContainsAnyExcept((byte)0))
        {
            damaged(segment.Path, _line + 1);
        }
    }

    public void Dispose() => _file.Dispose();
}
