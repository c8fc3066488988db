using System.Buffers;
using System.Text.Json;
using ServiceDefaults.Storage;
using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger.Files;

/// <summary>A day's sums as checked lines: a <see cref="RollUpHeader"/>, then the rows. Replaced as a whole.</summary>
internal static class RollUpFile
{
    // What a header alone may claim; more only as the rows come.
    private const int MostRowsAhead = 1 << 16;

    public static void Write(string path, DayBook book, IEnumerable<RollUpRow> rows, int count)
    {
        Disk.Replace(path, stream =>
        {
            var lines = new ArrayBufferWriter<byte>(1 << 16);
            var scratch = new ArrayBufferWriter<byte>(512);
            CheckedLine.Write(lines, JsonSerializer.SerializeToUtf8Bytes(new RollUpHeader(book.Position, book.Unreadable, count), LedgerJson.Default.RollUpHeader));
            using var json = new Utf8JsonWriter(scratch, new JsonWriterOptions { SkipValidation = true });
            foreach (var row in rows)
            {
                scratch.ResetWrittenCount();
                json.Reset();
                RollUpText.Write(json, row);
                json.Flush();
                CheckedLine.Write(lines, scratch.WrittenSpan);
                if (lines.WrittenCount > (1 << 16))
                {
                    stream.Write(lines.WrittenSpan);
                    lines.ResetWrittenCount();
                }
            }

            stream.Write(lines.WrittenSpan);
        });
    }

    /// <summary>How far it goes; null where there is none or its first line is damaged.</summary>
    public static RollUpHeader? ReadHeader(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = File.OpenRead(path);
        using var reader = new StreamReader(file);
        return reader.ReadLine() is { } first ? ParseHeader(System.Text.Encoding.UTF8.GetBytes(first)) : null;
    }

    /// <summary>The header and all rows; null where there is none or any of it is damaged.</summary>
    public static RollUpHeader? Read(string path, DateOnly day, List<RollUpRow> rows, NamePool names, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        RollUpHeader? header = null;
        var isWhole = true;
        LineFile.Read(path, default, (number, line) =>
        {
            if (number == 1)
            {
                header = ParseHeader(line);
                rows.EnsureCapacity(Math.Clamp(header?.Rows ?? 0, 0, MostRowsAhead));
            }
            else if (isWhole && ParseRow(line, day, names) is { } row)
            {
                rows.Add(row);
            }
            else
            {
                isWhole = false;
            }
        }, cancellationToken);
        return isWhole && header is not null && header.Rows == rows.Count ? header : null;
    }

    private static RollUpHeader? ParseHeader(ReadOnlySpan<byte> line)
    {
        try
        {
            return CheckedLine.TryRead(line, out var json) ? JsonSerializer.Deserialize(json, LedgerJson.Default.RollUpHeader) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RollUpRow? ParseRow(ReadOnlySpan<byte> line, DateOnly day, NamePool names)
    {
        try
        {
            return CheckedLine.TryRead(line, out var json) ? RollUpText.Read(json, day, names) : null;
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
