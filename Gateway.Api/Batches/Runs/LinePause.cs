namespace Gateway.Api.Batches.Runs;

/// <summary>Makes all lines of a batch wait where one was told to come again later; when the time is over one line tries before the others.</summary>
internal sealed class LinePause(TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private DateTimeOffset? _until;
    private bool _isTried;

    /// <summary>Returns when a line may go, and whether it is the one that tries. Nothing was waited for to the end where it is cancelled.</summary>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan wait;
            lock (_gate)
            {
                var left = _until - time.GetUtcNow();
                if (_until is null || cancellationToken.IsCancellationRequested)
                {
                    return false;
                }

                if (left <= TimeSpan.Zero && !_isTried)
                {
                    return _isTried = true;
                }

                wait = left > TimeSpan.Zero && left < Look ? left.Value : Look;
            }

            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A line was told to come again later.</summary>
    public void Begin(TimeSpan pause, bool isTry)
    {
        lock (_gate)
        {
            var until = time.GetUtcNow() + pause;
            _until = _until > until ? _until : until;
            _isTried &= !isTry;
        }
    }

    /// <summary>A line got through and has ended; where it was the one that tried all may go, else one may try, since there is room for one now.</summary>
    public void End(bool isTry)
    {
        lock (_gate)
        {
            if (isTry)
            {
                (_until, _isTried) = (null, false);
            }
            else if (_until is not null)
            {
                _until = time.GetUtcNow();
            }
        }
    }
}
