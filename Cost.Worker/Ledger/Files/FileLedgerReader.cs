using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger.Files;

/// <summary>Sums up a period from roll-up files and, past where they go, from the records: reads only, while a worker may be writing.</summary>
internal sealed class FileLedgerReader(LedgerPaths paths)
{
    public LedgerNotes Read(UsagePeriod period, bool hourly, Action<RollUpRow> take, CancellationToken cancellationToken)
    {
        var unreadable = new List<string>();
        var remarks = new List<string>();
        var rows = new List<RollUpRow>();
        foreach (var day in paths.Days().Where(period.Touches))
        {
            rows.Clear();
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
            unreadable.AddRange(book.Unreadable.Select(line => $"{paths.Shown(paths.RecordsOf(day))}:{line}"));
            foreach (var row in rows.Concat(hourly ? book.Hours : book.WholeDay()))
            {
                if (!hourly || period.Contains(row.Day, row.Hour!.Value))
                {
                    take(row);
                }
            }
        }

        return new LedgerNotes(unreadable, remarks);
    }

    /// <summary>Gives the events of a day's records; what cannot be read is passed over.</summary>
    public void ReadEvents(DateOnly day, Action<UsageEvent> take, CancellationToken cancellationToken)
    {
        var path = paths.RecordsOf(day);
        if (!File.Exists(path))
        {
            return;
        }

        LineFile.Read(path, default, (number, line) =>
        {
            if (RecordLine.TryRead(line, out var one, out _) && one is not null)
            {
                take(one);
            }
        }, cancellationToken);
    }

    private RollUpHeader? ReadRollUp(DateOnly day, bool hourly, List<RollUpRow> rows, List<string> remarks, CancellationToken cancellationToken)
    {
        var path = paths.RollUpOf(day, hourly);
        if (!File.Exists(path))
        {
            return null;
        }

        if (RollUpFile.Read(path, day, rows, cancellationToken) is not { } header)
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
}
