namespace Cost.Worker.Ledger.Files;

/// <content>What is found at a start, and the files that make the next one short.</content>
internal sealed partial class FileLedger
{
    private void Recover(CancellationToken cancellationToken)
    {
        var checkpoint = CheckpointFile.Read(_paths.Checkpoint);
        if (checkpoint is null && _paths.Days().Any())
        {
            LogNoCheckpoint(_paths.Shown(_paths.Checkpoint));
        }

        checkpoint ??= Checkpoint.Nothing;
        _kept = new(checkpoint.Kept, StringComparer.Ordinal);
        _files = new(checkpoint.Files, StringComparer.Ordinal);
        _found = new(StringComparer.Ordinal);
        var days = _paths.Days().ToList();
        foreach (var name in _files.Keys.Except(days.Select(LedgerPaths.NameOf)).ToList())
        {
            LogCut(_paths.Shown(_paths.RecordsOf(LedgerPaths.DayOf(name))), _files[name].Bytes);
            _files.Remove(name);
        }

        foreach (var day in days)
        {
            Recover(day, cancellationToken);
        }

        foreach (var (journal, last) in _kept)
        {
            Forget(journal, last);
        }

        WriteCheckpoint();
    }

    // 1. What no checkpoint covers says which rounds ended, and which events are there of one that did not.
    // 2. A last line without its end is what a crash left: it was never acknowledged.
    // 3. Roll-ups that do not go to the end of the records are brought there.
    private void Recover(DateOnly day, CancellationToken cancellationToken)
    {
        var path = _paths.RecordsOf(day);
        var known = _files.GetValueOrDefault(LedgerPaths.NameOf(day));
        var length = new FileInfo(path).Length;
        if (length < known.Bytes)
        {
            LogCut(_paths.Shown(path), known.Bytes - length);
            known = default;
        }

        if (length > known.Bytes)
        {
            known = LineFile.Read(path, known, (number, line) => Find(path, number, line), cancellationToken);
            if (known.Bytes < length)
            {
                LogTorn(_paths.Shown(path), known.Lines + 1, length - known.Bytes);
                using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                RandomAccess.SetLength(file, known.Bytes);
                RandomAccess.FlushToDisk(file);
            }
        }

        _files[LedgerPaths.NameOf(day)] = known;
        if (CoverOf(day, hourly: true) != known.Bytes || CoverOf(day, hourly: false) != known.Bytes)
        {
            var book = LoadBook(day, cancellationToken);
            WriteRollUp(book);
        }
    }

    private long? CoverOf(DateOnly day, bool hourly) => RollUpFile.ReadHeader(_paths.RollUpOf(day, hourly))?.Covers.Bytes;

    private void Find(string path, long number, ReadOnlySpan<byte> line)
    {
        if (!RecordLine.TryRead(line, out var one, out var kept))
        {
            LogUnreadable(_paths.Shown(path), number);
        }
        else if (one is not null)
        {
            var (journal, sequence) = one.Id;
            if (!_found.TryGetValue(journal, out var found))
            {
                _found[journal] = found = [];
            }

            found.Add(sequence);
        }
        else
        {
            foreach (var (journal, last) in kept!.Kept)
            {
                _kept[journal] = Math.Max(_kept.GetValueOrDefault(journal), last);
                Forget(journal, last);
            }
        }
    }

    private DayBook LoadBook(DateOnly day, CancellationToken cancellationToken)
    {
        var book = new DayBook(day);
        var path = _paths.RecordsOf(day);
        if (!File.Exists(path))
        {
            return book;
        }

        var rows = new List<RollUpRow>();
        var header = RollUpFile.Read(_paths.RollUpOf(day, hourly: true), day, rows, new NamePool(), cancellationToken);
        if (header is not null && header.Covers.Bytes <= new FileInfo(path).Length)
        {
            book.Position = header.Covers;
            book.Unreadable.AddRange(header.Unreadable);
            foreach (var row in rows)
            {
                book.Add(row.Hour!.Value, row.Group, row.Sums);
            }
        }
        else
        {
            LogRebuilding(_paths.Shown(_paths.RollUpOf(day, hourly: true)), _paths.Shown(path));
        }

        book.ReadRecords(path, cancellationToken);
        return book;
    }

    private void WriteRollUps(CancellationToken cancellationToken)
    {
        foreach (var day in _open.Values.Where(day => day.IsAheadOfRollUp).ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteRollUp(day.Book);
            day.RollUpWritten(new FileInfo(_paths.RollUpOf(day.Book.Day, hourly: true)).Length);
            _files[LedgerPaths.NameOf(day.Book.Day)] = day.Book.Position;
        }

        WriteCheckpoint();
        CloseOldDays();
    }

    // Not while there are events on disk whose round did not end: the next start has to find them again.
    private void WriteCheckpoint()
    {
        if (_found.Values.All(found => found.Count == 0))
        {
            CheckpointFile.Write(_paths.Checkpoint, new Checkpoint(_kept, _files));
        }
    }

    private void WriteRollUp(DayBook book)
    {
        RollUpFile.Write(_paths.RollUpOf(book.Day, hourly: true), book, book.Hours, book.Groups);
        var whole = book.WholeDay().ToList();
        RollUpFile.Write(_paths.RollUpOf(book.Day, hourly: false), book, whole, whole.Count);
    }

    // Late events are for yesterday as a rule; an older day is read again when one comes.
    private void CloseOldDays()
    {
        var yesterday = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-1);
        foreach (var day in _open.Values.Where(day => day.Book.Day < yesterday && !day.IsAheadOfRollUp).ToList())
        {
            day.Dispose();
            _open.Remove(day.Book.Day);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{File} is missing or damaged: all records are read to find what is kept.")]
    private partial void LogNoCheckpoint(string file);

    [LoggerMessage(LogLevel.Error, "{File} was cut since this worker wrote it: {Bytes} bytes of records are gone.")]
    private partial void LogCut(string file, long bytes);

    [LoggerMessage(LogLevel.Warning, "{File}:{Line} was not written to its end ({Bytes} bytes): cut off. It was not acknowledged, so it comes again.")]
    private partial void LogTorn(string file, long line, long bytes);

    [LoggerMessage(LogLevel.Error, "{File}:{Line} cannot be read: its text stays there, and it is in no sum.")]
    private partial void LogUnreadable(string file, long line);

    [LoggerMessage(LogLevel.Warning, "{File} is missing or damaged, or goes further than its records: worked out anew from {Records}.")]
    private partial void LogRebuilding(string file, string records);
}
