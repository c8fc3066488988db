namespace Gateway.Api.Metering.Journal;

/// <summary>
/// Puts down the groups of one journal, on a thread of its own: what blocks in the kernel is not to take a thread from the requests, and
/// where a <see cref="JournalTail"/> keeps the events meanwhile no request waits for it. While the disk refuses, groups wait in memory
/// and nobody waits for them.
/// </summary>
internal sealed partial class JournalCommitter : IDisposable
{
    private readonly EventGatherer _gatherer;
    private readonly JournalFolder _folder;
    private readonly JournalWriter _writer;
    private readonly Action _committed;
    private readonly LostEvents _lost;
    private readonly TimeProvider _time;
    private readonly ILogger<JournalCommitter> _logger;
    private readonly JournalSettings _settings;
    private readonly Backoff _backoff;
    private readonly List<EventGroup> _pending = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JournalTail? _tail;
    private bool _isToldOfTail;
    private volatile bool _isRefused;
    private long _refusedAt;

    public JournalCommitter(
        EventGatherer gatherer, JournalFolder folder, JournalWriter writer, Action committed, LostEvents lost, JournalSettings settings, TimeProvider time, ILogger<JournalCommitter> logger)
    {
        _gatherer = gatherer;
        _folder = folder;
        _writer = writer;
        _committed = committed;
        _lost = lost;
        _time = time;
        _logger = logger;
        _settings = settings;
        _backoff = new Backoff(settings.FirstRetry, settings.LastRetry);
        new Thread(Run) { Name = "Usage journal", IsBackground = true }.Start();
    }

    /// <summary>Whether the disk takes nothing at the moment.</summary>
    public bool IsRefused => _isRefused;

    /// <summary>Puts down what is left and ends.</summary>
    public Task StopAsync()
    {
        _gatherer.Close();
        return _ended.Task;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _tail?.Dispose();
    }

    private void Run()
    {
        while (!_gatherer.IsClosed)
        {
            // Those whose events are in the tail do not wait, and all others are gathered by the time that a flush takes.
            var group = _isRefused
                ? _gatherer.Take(_backoff.Delay, gathering: TimeSpan.Zero)
                : _gatherer.Take(Timeout.InfiniteTimeSpan, _tail is null ? TimeSpan.Zero : _settings.FlushInterval);
            if (group is not null)
            {
                _pending.Add(group);
            }

            if (_pending.Count > 0 && (!_isRefused || _time.GetElapsedTime(_refusedAt) >= _backoff.Delay))
            {
                Write();
            }
            else if (group is not null)
            {
                _gatherer.HeldBytes += group.Lines.Length;
            }

            if (_isRefused && group is not null)
            {
                group.Compact();
                group.Complete();
            }
        }

        End();
    }

    // No more events come: puts down what is left, or tells what is lost.
    private void End()
    {
        if (_gatherer.TryTake() is { } last)
        {
            _pending.Add(last);
        }

        Write();
        foreach (var group in _pending)
        {
            // What is in the tail the next process finds.
            _lost.Add(group, after: group.LastSafe);
        }

        _ended.SetResult();
    }

    private void Write()
    {
        try
        {
            foreach (var group in _pending)
            {
                _writer.Write(group);
            }

            _writer.Commit();
        }
        catch (Exception refusal) when (JournalWriter.IsRefusal(refusal))
        {
            Refused(refusal);
            return;
        }

        foreach (var group in _pending)
        {
            group.Complete();
            _gatherer.Recycle(group);
        }

        if (_isRefused)
        {
            _isRefused = false;
            _gatherer.HeldBytes = 0;
            _backoff.Reset();
            LogWritten(_pending.Count);
        }

        _pending.Clear();
        _committed();
        if (_settings.Durability == JournalDurability.Process && _tail is null)
        {
            UseTail();
        }
    }

    // Once there is a folder to put it in.
    private void UseTail()
    {
        try
        {
            _tail = JournalTail.Create(_folder.Location);
            _gatherer.Use(_tail);
        }
        catch (Exception refusal) when (JournalWriter.IsRefusal(refusal))
        {
            if (!_isToldOfTail)
            {
                _isToldOfTail = true;
                LogNoTail(refusal.Message);
            }
        }
    }

    private void Refused(Exception refusal)
    {
        _writer.Abandon();
        foreach (var group in _pending.Where(group => group.Last <= _writer.Committed))
        {
            _gatherer.Recycle(group);
        }

        _pending.RemoveAll(group => group.Last <= _writer.Committed);
        _committed();

        _gatherer.HeldBytes = _pending.Sum(group => (long)group.Lines.Length);
        _refusedAt = _time.GetTimestamp();
        if (_isRefused)
        {
            _backoff.Grow();
        }
        else
        {
            _isRefused = true;
            LogRefused(refusal.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "The usage journal cannot be written: {Reason} Requests go on, and usage events wait in memory until it can.")]
    private partial void LogRefused(string reason);

    [LoggerMessage(LogLevel.Warning, "The usage journal has no tail ({Reason}): replies wait until the disk has their usage events.")]
    private partial void LogNoTail(string reason);

    [LoggerMessage(LogLevel.Information, "The usage journal is written again, with {Groups} groups of usage events that waited in memory.")]
    private partial void LogWritten(int groups);
}
