namespace Gateway.Api.Metering.Journal;

/// <summary>Knows how long the oldest event waits for its acknowledgement, give or take the time between two marks.</summary>
internal sealed class OldestUnacknowledged(TimeProvider time)
{
    private const int MostMarks = 100;
    private static readonly TimeSpan BetweenMarks = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Queue<(long Last, long At)> _marks = new();
    private (long Last, long At) _newest;

    public TimeSpan Age
    {
        get
        {
            lock (_gate)
            {
                return _marks.TryPeek(out var oldest) ? time.GetElapsedTime(oldest.At) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Notes which numbers there are now, and which of them are acknowledged.</summary>
    public void Note(long last, long acknowledged)
    {
        lock (_gate)
        {
            while (_marks.TryPeek(out var oldest) && oldest.Last <= acknowledged)
            {
                _marks.Dequeue();
            }

            var isDue = _marks.Count == 0 || (_marks.Count < MostMarks && last > _newest.Last && time.GetElapsedTime(_newest.At) >= BetweenMarks);
            if (last > acknowledged && isDue)
            {
                _newest = (last, time.GetTimestamp());
                _marks.Enqueue(_newest);
            }
        }
    }
}
