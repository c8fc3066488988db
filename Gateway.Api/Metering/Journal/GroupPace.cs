namespace Gateway.Api.Metering.Journal;

/// <summary>
/// How many events a group waits for. To flush to the disk takes some 0.1 ms of CPU, as much as a request: where thousands of events come each second
/// it pays to wait a moment for more. But a caller that waits sends no next request, so a group is not to hold all callers at once. Once a
/// second a group gathers for the longest time that one may: that shows how many events can come, and from then on groups begin at three
/// quarters of that number, and the rest keeps the processors busy.
/// </summary>
internal sealed class GroupPace(TimeProvider time)
{
    /// <summary>The longest time that a group gathers after its first event, in milliseconds.</summary>
    public const int LongestMilliseconds = 2;

    // Below this rate flushing each event at once costs little.
    private const int BusyRate = 1_000;

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);

    private long _probedAt = time.GetTimestamp();
    private int _events;

    /// <summary>A group of so many events is put down at once, without waiting for more.</summary>
    public int Wanted { get; private set; } = 1;

    /// <summary>Learns from a group that was taken.</summary>
    /// <param name="count">How many events it has.</param>
    /// <param name="timedOut">Whether it gathered for the longest time and had less than was wanted.</param>
    public void Took(int count, bool timedOut)
    {
        _events += count;
        if (timedOut)
        {
            Wanted = Math.Max(1, count * 3 / 4);
        }

        var elapsed = time.GetElapsedTime(_probedAt);
        if (elapsed < ProbeInterval)
        {
            return;
        }

        Wanted = _events > BusyRate * elapsed.TotalSeconds ? int.MaxValue : 1;
        _events = 0;
        _probedAt = time.GetTimestamp();
    }
}
