using ServiceDefaults.Usage;
using StackExchange.Redis;

namespace Gateway.Api.Metering.Journal;

/// <summary>The journal of a gateway whose disk outlives it. It goes on with a journal that nobody holds, and delivers what others left behind.</summary>
internal sealed partial class DiskJournalService(
    string root, IConnectionMultiplexer redis, UsageDelivery delivery, JournalRecovery recovery, LostEvents lost, JournalMetrics metrics,
    JournalSettings settings, TimeProvider time, ILoggerFactory loggers) : JournalService(delivery, metrics, settings, time)
{
    private readonly ILogger<DiskJournalService> _logger = loggers.CreateLogger<DiskJournalService>();
    private readonly List<(JournalFolder Folder, DiskSource Source)> _leftovers = [];
    private JournalFolder _own = null!;
    private DiskSource _source = null!;
    private JournalWriter _writer = null!;
    private JournalCommitter _committer = null!;
    private long _leftoverBytes;
    private long _tidiedAt;

    public override bool IsRefused => _committer.IsRefused;

    protected override TimeSpan BatchTime => Settings.BatchTime;

    protected override long Bytes => _own.Bytes + Volatile.Read(ref _leftoverBytes);

    protected override async Task OpenAsync(CancellationToken cancellationToken)
    {
        JournalFolder? own = null;
        var last = 0L;
        foreach (var (folder, end, isWhole) in TakeAll())
        {
            if (own is null && isWhole && await MayGoOnAsync(folder, end, cancellationToken))
            {
                (own, last) = (folder, end);
            }
            else
            {
                AddLeftover(folder, end);
            }
        }

        _own = own ?? JournalFolder.New(root);
        _writer = new JournalWriter(_own, Settings, last, () => Volatile.Read(ref _leftoverBytes));
        _source = new DiskSource(_own, () => _writer.Committed, loggers.CreateLogger<DiskSource>());
        Delivery.Add(_source);
        Gatherer = new EventGatherer(_own.Journal, last, Settings.MaxMemoryBytes, lost);
        _committer = new JournalCommitter(Gatherer, _own, _writer, Delivery.Wake, lost, Settings, Time, loggers.CreateLogger<JournalCommitter>());
        _tidiedAt = Time.GetTimestamp();
        LogOpened(_own.Location, last + 1, _leftovers.Count);
    }

    protected override void Tidy()
    {
        try
        {
            foreach (var (folder, source) in _leftovers.Where(leftover => Delivery.IsAcknowledged(leftover.Source)).ToList())
            {
                source.Dispose();
                folder.Delete();
                Delivery.Remove(source);
                _leftovers.Remove((folder, source));
                LogRemoved(folder.Location);
            }

            if (Time.GetElapsedTime(_tidiedAt) >= Settings.LeftoverInterval)
            {
                _tidiedAt = Time.GetTimestamp();
                foreach (var (folder, end, _) in TakeAll())
                {
                    AddLeftover(folder, end);
                }
            }
        }
        catch (Exception refusal) when (JournalWriter.IsRefusal(refusal))
        {
            LogRefused(root, refusal.Message);
        }

        Volatile.Write(ref _leftoverBytes, _leftovers.Sum(leftover => leftover.Folder.Bytes));
    }

    protected override Task CloseAsync() => _committer.StopAsync();

    protected override void End()
    {
        Tidy();
        _committer.Dispose();
        _source.Dispose();
        _own.Dispose();
        foreach (var (folder, source) in _leftovers)
        {
            source.Dispose();
            folder.Dispose();
        }
    }

    private void AddLeftover(JournalFolder folder, long end)
    {
        var source = new DiskSource(folder, () => end, loggers.CreateLogger<DiskSource>());
        _leftovers.Add((folder, source));
        Delivery.Add(source);
        Volatile.Write(ref _leftoverBytes, _leftovers.Sum(leftover => leftover.Folder.Bytes));
    }

    private List<(JournalFolder Folder, long End, bool IsWhole)> TakeAll()
    {
        var taken = new List<(JournalFolder, long, bool)>();
        try
        {
            foreach (var folder in JournalFolder.TakeAll(root))
            {
                if (TryFindEnd(folder, out var end, out var isWhole))
                {
                    taken.Add((folder, end, isWhole));
                }
            }
        }
        catch (Exception refusal) when (JournalWriter.IsRefusal(refusal))
        {
            LogRefused(root, refusal.Message);
        }

        return taken;
    }

    private bool TryFindEnd(JournalFolder folder, out long end, out bool isWhole)
    {
        try
        {
            end = recovery.FindEnd(folder, out isWhole);
            return true;
        }
        catch (Exception refusal) when (JournalWriter.IsRefusal(refusal))
        {
            LogRefused(folder.Location, refusal.Message);
            folder.Dispose();
            (end, isWhole) = (0, false);
            return false;
        }
    }

    // Events may have been delivered that the disk has lost, although it said it had them. Their numbers are not given to others: where Redis
    // knows of later ones, or cannot be asked, a new journal begins.
    private async Task<bool> MayGoOnAsync(JournalFolder folder, long end, CancellationToken cancellationToken)
    {
        try
        {
            var kept = await redis.GetDatabase().HashGetAsync(UsageTransport.Kept, folder.Journal).WaitAsync(Settings.AnswerTime, Time, cancellationToken);
            return !kept.TryParse(out long number) || number <= end;
        }
        catch (Exception failure) when (failure is RedisException or RedisTimeoutException or TimeoutException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "The usage journal is {Folder} and goes on with event {Next}; journals left behind by others: {Leftovers}.")]
    private partial void LogOpened(string folder, long next, int leftovers);

    [LoggerMessage(LogLevel.Information, "All events of {Folder}, which another process left behind, are acknowledged; it is removed.")]
    private partial void LogRemoved(string folder);

    [LoggerMessage(LogLevel.Warning, "The usage journal in {Folder} cannot be taken over: {Reason}")]
    private partial void LogRefused(string folder, string reason);
}
