using System.Buffers;
using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger.Files;

/// <summary>
/// The ledger as files: records as checked lines, a file a day, and roll-ups of them. What tells how far a journal is kept stands among the
/// records themselves: each round of intake ends with a line of it, written and flushed after all else, so that a crash
/// leaves either a round that is known to be kept, or events whose ids are found at the next start and passed over when they come again.
/// </summary>
internal sealed partial class FileLedger(string directory, TimeProvider time, ILogger<FileLedger> logger) : IUsageLedger
{
    // Roll-ups with many groups are large: they are written once for so many times their size of records.
    private const int RollUpShare = 2;

    private readonly LedgerPaths _paths = new(directory);
    private readonly FileLedgerReader _reader = new(new LedgerPaths(directory));
    private readonly Dictionary<DateOnly, OpenDay> _open = [];
    private readonly ArrayBufferWriter<byte> _scratch = new(1024);
    private Dictionary<string, long> _kept = [];
    private Dictionary<string, FilePosition> _files = [];

    // Events on disk whose round did not end; they come again.
    private Dictionary<string, HashSet<long>> _found = [];
    private FileStream? _lock;
    private bool _isOpen;

    public IReadOnlyDictionary<string, long> Kept => _kept;

    /// <summary>Roll-ups are written anew when this many bytes of records are not in them, which a reader then reads from the records.</summary>
    internal long RollUpEvery { get; init; } = 16 << 20;

    public Task OpenAsync(CancellationToken cancellationToken) => GuardAsync(() =>
    {
        Close();
        Directory.CreateDirectory(_paths.Records);
        Directory.CreateDirectory(_paths.RollUps);
        _lock ??= LedgerLock.Take(_paths.Lock);
        Recover(cancellationToken);
        _isOpen = true;
    });

    public Task AppendAsync(IReadOnlyList<LedgerBatch> batches, CancellationToken cancellationToken) => GuardAsync(() =>
    {
        if (!_isOpen)
        {
            throw new IOException("The ledger is not open.");
        }

        var touched = new List<OpenDay>();
        var kept = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var batch in batches)
        {
            kept[batch.Journal] = batch.Last;
            foreach (var booked in batch.Events)
            {
                Add(booked, touched, cancellationToken);
            }
        }

        // The line that ends the round goes last, and only once all other files are on disk.
        var last = touched.Count > 0 ? touched[^1] : Touch(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), touched, cancellationToken);
        foreach (var day in touched.SkipLast(1))
        {
            day.WriteAndFlush();
        }

        last.Add(new KeptLine(kept));
        last.WriteAndFlush();
        foreach (var (journal, number) in kept)
        {
            _kept[journal] = number;
            Forget(journal, number);
        }
    });

    public Task FlushAsync(bool onlyWhereDue, CancellationToken cancellationToken) => GuardAsync(() =>
    {
        if (_isOpen && (!onlyWhereDue || _open.Values.Any(day => day.UncoveredBytes >= Math.Max(RollUpEvery, RollUpShare * day.RollUpBytes))))
        {
            WriteRollUps(cancellationToken);
        }
    });

    public Task<LedgerNotes> ReadAsync(UsagePeriod period, bool hourly, Action<RollUpRow> take, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(_reader.Read(period, hourly, take, cancellationToken));
        }
        catch (Exception failure) when ((failure is AggregateException several ? several.InnerException : failure) is IOException or UnauthorizedAccessException)
        {
            throw new LedgerUnavailableException(failure.GetBaseException().Message, failure);
        }
    }

    public Task ReadEventsAsync(DateOnly day, Action<UsageEvent> take, CancellationToken cancellationToken) => ReadEventsHoldingAsync(day, [], take, cancellationToken);

    public Task ReadEventsHoldingAsync(DateOnly day, IReadOnlyList<byte[]> texts, Action<UsageEvent> take, CancellationToken cancellationToken)
    {
        try
        {
            _reader.ReadEvents(day, texts, take, cancellationToken);
            return Task.CompletedTask;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LedgerUnavailableException(failure.Message, failure);
        }
    }

    public async Task<int> RebuildAsync(UsagePeriod? period, CancellationToken cancellationToken)
    {
        var days = _paths.Days().Where(day => period is not { } wanted || wanted.Touches(day)).ToList();
        await GuardAsync(() =>
        {
            foreach (var day in days)
            {
                var book = new DayBook(day);
                book.ReadRecords(_paths.RecordsOf(day), cancellationToken);
                book.Unreadable.ForEach(line => LogUnreadable(_paths.Shown(_paths.RecordsOf(day)), line));
                WriteRollUp(book);
            }
        });
        return days.Count;
    }

    public ValueTask DisposeAsync()
    {
        Close();
        _lock?.Dispose();
        _lock = null;
        return ValueTask.CompletedTask;
    }

    private void Add(BookedEvent booked, List<OpenDay> touched, CancellationToken cancellationToken)
    {
        var (journal, sequence) = booked.Event.Id;
        if (_found.TryGetValue(journal, out var found) && found.Contains(sequence))
        {
            return;
        }

        Touch(DateOnly.FromDateTime(booked.Event.At.UtcDateTime), touched, cancellationToken).Add(booked, _scratch);
    }

    private OpenDay Touch(DateOnly day, List<OpenDay> touched, CancellationToken cancellationToken)
    {
        if (!_open.TryGetValue(day, out var open))
        {
            _open[day] = open = new OpenDay(_paths.RecordsOf(day), LoadBook(day, cancellationToken));
        }

        if (!open.HasUnwritten)
        {
            touched.Add(open);
        }

        return open;
    }

    // A failure half-way leaves memory and disk apart: the next OpenAsync begins from the disk.
    private Task GuardAsync(Action work)
    {
        try
        {
            work();
            return Task.CompletedTask;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Close();
            return Task.FromException(new LedgerUnavailableException(failure.Message, failure));
        }
        catch
        {
            Close();
            throw;
        }
    }

    private void Forget(string journal, long upTo)
    {
        if (_found.TryGetValue(journal, out var found))
        {
            found.RemoveWhere(sequence => sequence <= upTo);
        }
    }

    private void Close()
    {
        _isOpen = false;
        foreach (var day in _open.Values)
        {
            day.Dispose();
        }

        _open.Clear();
    }
}
