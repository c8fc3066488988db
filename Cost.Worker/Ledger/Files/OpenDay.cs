using System.Buffers;
using Microsoft.Win32.SafeHandles;
using ServiceDefaults.Storage;
using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger.Files;

/// <summary>A day whose records are being appended to.</summary>
internal sealed class OpenDay(string path, DayBook book) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _lines = new(1 << 16);
    private readonly List<UsageEvent> _events = [];
    private SafeFileHandle? _file;
    private long _lineCount;
    private long _covered = book.Position.Bytes;

    public DayBook Book => book;

    public bool HasUnwritten => _lineCount > 0;

    public long UncoveredBytes => book.Position.Bytes - _covered;

    public bool IsAheadOfRollUp => UncoveredBytes > 0;

    public void Add(BookedEvent booked, ArrayBufferWriter<byte> scratch)
    {
        RecordLine.Write(_lines, booked, scratch);
        _events.Add(booked.Event);
        _lineCount++;
    }

    public void Add(KeptLine kept)
    {
        RecordLine.Write(_lines, kept);
        _lineCount++;
    }

    /// <summary>Brings what was added to the disk, and only then into the sums.</summary>
    public void WriteAndFlush()
    {
        if (_file is null)
        {
            var isNew = !File.Exists(path);
            _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            if (isNew)
            {
                Disk.FlushDirectory(Path.GetDirectoryName(path)!);
            }
        }

        try
        {
            RandomAccess.Write(_file, _lines.WrittenSpan, book.Position.Bytes);
        }
        catch (ArgumentOutOfRangeException tooLarge)
        {
            // What .NET makes of EFBIG: a limit on the size of files.
            throw new IOException($"{path} may not grow: {tooLarge.Message}", tooLarge);
        }

        RandomAccess.FlushToDisk(_file);
        foreach (var one in _events)
        {
            book.Add(one);
        }

        book.Position = new FilePosition(book.Position.Bytes + _lines.WrittenCount, book.Position.Lines + _lineCount);
        _lines.ResetWrittenCount();
        _events.Clear();
        _lineCount = 0;
    }

    /// <summary>How large the roll-up of the day's hours was when it was last written.</summary>
    public long RollUpBytes { get; private set; }

    public void RollUpWritten(long bytes)
    {
        RollUpBytes = bytes;
        _covered = book.Position.Bytes;
    }

    public void Dispose() => _file?.Dispose();
}
