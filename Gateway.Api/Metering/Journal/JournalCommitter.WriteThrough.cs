namespace Gateway.Api.Metering.Journal;

/// <summary>
/// The way of <see cref="JournalDurability.Process"/>: whoever appends the first event of a group writes it into the kernel's memory,
/// which is quicker than to wake another thread for it; the journal's own thread flushes to disk every few milliseconds.
/// </summary>
internal sealed partial class JournalCommitter
{
    private readonly Lock _writing = new();
    private readonly AutoResetEvent _unflushed = new(initialState: false);
    private readonly ManualResetEventSlim _closing = new();
    private int _isDirty;

    private void WriteThrough()
    {
        lock (_writing)
        {
            if (_isRefused)
            {
                // A group that grew for as long as the disk refuses would fit into no segment.
                if (_gatherer.GatheredBytes >= _settings.SegmentBytes)
                {
                    Hold();
                }

                return;
            }

            if (_gatherer.TryTake() is not { } group)
            {
                return;
            }

            _pending.Add(group);
            try
            {
                _writer.Write(group);
            }
            catch (Exception refusal) when (JournalWriter.IsRefusal(refusal))
            {
                Refused(refusal);
                group.Compact();
                group.Complete();
                _unflushed.Set();
                return;
            }

            _pending.Clear();
            group.Complete();
            _gatherer.Recycle(group);
        }

        if (Interlocked.Exchange(ref _isDirty, 1) == 0)
        {
            _unflushed.Set();
        }
    }

    private void RunFlushes()
    {
        while (!_gatherer.IsClosed)
        {
            _unflushed.WaitOne(_isRefused ? _backoff.Delay : Timeout.InfiniteTimeSpan);
            _closing.Wait(_settings.FlushInterval);
            Volatile.Write(ref _isDirty, 0);
            if (_isRefused)
            {
                lock (_writing)
                {
                    WriteWhatWaits();
                }
            }
            else
            {
                Flush();
            }
        }

        lock (_writing)
        {
            End();
        }
    }

    // Nobody waits for the flush, and it may take long: writes go on meanwhile.
    private void Flush()
    {
        JournalWriter.Unflushed? point;
        lock (_writing)
        {
            point = _writer.ToFlush();
        }

        try
        {
            point?.Flush();
        }
        catch (Exception refusal) when (JournalWriter.IsRefusal(refusal))
        {
            LogNotFlushed(refusal.Message);
        }

        lock (_writing)
        {
            _writer.Flushed(point);
        }

        _committed();
    }

    private void WriteWhatWaits()
    {
        Hold();
        if (_time.GetElapsedTime(_refusedAt) < _backoff.Delay)
        {
            return;
        }

        Write();
        if (!_isRefused && _gatherer.TryTake() is { } gathered)
        {
            // Its first event came while the disk refused, so nobody else would write it.
            _pending.Add(gathered);
            Write();
        }
    }

    private void Hold()
    {
        if (_gatherer.TryTake() is { } group)
        {
            group.Compact();
            group.Complete();
            _gatherer.HeldBytes += group.Lines.Length;
            _pending.Add(group);
        }
    }

    [LoggerMessage(LogLevel.Error, "The usage journal was written and cannot be flushed to disk: {Reason} A power failure now would take the last events with it.")]
    private partial void LogNotFlushed(string reason);
}
