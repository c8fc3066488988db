using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger.Files;

/// <summary>Sums up a period from roll-up files and, past where they go, from the records: reads only, while a worker may be writing.</summary>
internal sealed class FileLedgerReader(LedgerPaths paths)
{
    public LedgerNotes Read(UsagePeriod period, bool hourly, Action<RollUpRow> take, CancellationToken cancellationToken)
    {
        var unreadable = new List<string>();
        var remarks = new List<string>();
        foreach (var day in ReadDays(period, hourly, cancellationToken))
        {
            unreadable.AddRange(day.Unreadable);
            remarks.AddRange(day.Remarks);
            foreach (var row in day.Rows)
            {
                if (!hourly || period.Contains(row.Day, row.Hour!.Value))
                {
                    take(row);
                }
            }
        }

        return new LedgerNotes(unreadable, remarks);
    }

    /// <summary>Gives the events of a day's records that hold all of the texts; what cannot be read is passed over.</summary>
    public void ReadEvents(DateOnly day, IReadOnlyList<byte[]> texts, Action<UsageEvent> take, CancellationToken cancellationToken)
    {
        var path = paths.RecordsOf(day);
        if (!File.Exists(path))
        {
            return;
        }

        LineFile.Read(path, default, (number, line) =>
        {
            if (HoldsAll(line, texts) && RecordLine.TryRead(line, out var one, out _) && one is not null)
            {
                take(one);
            }
        }, cancellationToken);
    }

    private static bool HoldsAll(ReadOnlySpan<byte> line, IReadOnlyList<byte[]> texts)
    {
        foreach (var text in texts)
        {
            if (line.IndexOf(text) < 0)
            {
                return false;
            }
        }

        return true;
    }

    // Whole days are read side by side. Hours are one day after the other: a day of many groups has so many that two are in memory for nothing.
    private IEnumerable<ReadDay> ReadDays(UsagePeriod period, bool hourly, CancellationToken cancellationToken)
    {
        var days = paths.Days().Where(period.Touches);
        return hourly
            ? days.Select(day => Read(day, hourly, cancellationToken))
            : days.AsParallel().AsOrdered().WithCancellation(cancellationToken).WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(day => Read(day, hourly, cancellationToken));
    }

    private ReadDay Read(DateOnly day, bool hourly, CancellationToken cancellationToken)
    {
        var rows = new List<RollUpRow>();
        var remarks = new List<string>();
        var book = new DayBook(day);
        if (ReadRollUp(day, hourly, rows, remarks, cancellationToken) is { } header)
        {
            book.Position = header.Covers;
            book.Unreadable.AddRange(header.Unreadable);
        }
        else
        {
            rows.Clear();
        }

        book.ReadRecords(paths.RecordsOf(day), cancellationToken);
        rows.AddRange(hourly ? book.Hours : book.WholeDay());
        return new ReadDay(rows, [.. book.Unreadable.Select(line => $"{paths.Shown(paths.RecordsOf(day))}:{line}")], remarks);
    }

    private RollUpHeader? ReadRollUp(DateOnly day, bool hourly, List<RollUpRow> rows, List<string> remarks, CancellationToken cancellationToken)
    {
        var path = paths.RollUpOf(day, hourly);
        if (!File.Exists(path))
        {
            return null;
        }

        if (RollUpFile.Read(path, day, rows, new NamePool(), cancellationToken) is not { } header)
        {
            remarks.Add($"{paths.Shown(path)} is damaged: summed from the records instead. 'rebuild' mends it.");
            return null;
        }

        var missing = header.Covers.Bytes - new FileInfo(paths.RecordsOf(day)).Length;
        if (missing > 0)
        {
            remarks.Add($"{paths.Shown(paths.RecordsOf(day))} was cut: {missing} bytes that {paths.Shown(path)} had summed are gone.");
            return null;
        }

        return header;
    }

    private sealed record ReadDay(List<RollUpRow> Rows, IReadOnlyList<string> Unreadable, IReadOnlyList<string> Remarks);
}
