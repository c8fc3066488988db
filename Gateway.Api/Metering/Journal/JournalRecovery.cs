namespace Gateway.Api.Metering.Journal;

/// <summary>Finds where a journal ends whose process ended, however it did.</summary>
internal sealed partial class JournalRecovery(ILogger<JournalRecovery> logger)
{
    /// <summary>
    /// The last number that the journal holds. A line that breaks off, and the zeros of a segment that was not full, are cut off: of what
    /// a line that breaks off tells, no caller has seen the end. What was in the tail alone is put down.
    /// </summary>
    /// <param name="isWhole">
    /// False where the last segment is damaged in another way. Events may be missing then that were delivered, so the journal must
    /// not go on: it would give their numbers away once more.
    /// </param>
    public long FindEnd(JournalFolder folder, out bool isWhole) => PutDownTail(folder, FindEndOfSegments(folder, out isWhole));

    private long FindEndOfSegments(JournalFolder folder, out bool isWhole)
    {
        isWhole = true;
        if (folder.Segments.Count == 0)
        {
            return 0;
        }

        var segment = folder.Segments[^1];
        var text = File.ReadAllBytes(segment.Path).AsSpan().TrimEnd((byte)0);
        var whole = text.LastIndexOf(JournalLine.End) + 1;
        if (whole < text.Length)
        {
            LogCut(segment.Path, text.Length - whole);
        }

        Cut(segment, whole);
        var last = segment.First - 1;
        text = text[..whole];
        while (!text.IsEmpty)
        {
            var end = text.IndexOf(JournalLine.End);
            if (JournalLine.TryRead(text[..end], folder.Journal, out var sequence))
            {
                last = sequence;
            }
            else
            {
                isWhole = false;
            }

            text = text[(end + 1)..];
        }

        return last;
    }

    // The disk gets what it had not got when the process ended.
    private static long PutDownTail(JournalFolder folder, long last)
    {
        var path = JournalTail.PathIn(folder.Location);
        if (!File.Exists(path))
        {
            return last;
        }

        var left = new SortedDictionary<long, ReadOnlyMemory<byte>>();
        foreach (var line in JournalTail.ReadLines(File.ReadAllBytes(path)))
        {
            if (JournalLine.TryRead(line.Span, folder.Journal, out var sequence) && sequence > last)
            {
                left[sequence] = line;
            }
        }

        if (left.Count > 0)
        {
            var segment = new JournalSegment(folder.Location, left.First().Key);
            using (var file = new FileStream(segment.Path, FileMode.Create))
            {
                foreach (var line in left.Values)
                {
                    file.Write(line.Span);
                    file.WriteByte(JournalLine.End);
                }

                segment.Length = segment.Bytes = file.Length;
                file.Flush(flushToDisk: true);
            }

            folder.Add(segment);
            last = left.Last().Key;
        }

        File.Delete(path);
        return last;
    }

    private static void Cut(JournalSegment segment, long length)
    {
        segment.Length = length;
        using var file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.SetLength(file, length);
        segment.Bytes = length;
    }

    [LoggerMessage(LogLevel.Warning, "The last line of {File} breaks off after {Bytes} bytes and is cut off; the reply of its request was never finished.")]
    private partial void LogCut(string file, int bytes);
}
