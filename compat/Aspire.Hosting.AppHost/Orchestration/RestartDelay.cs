namespace Aspire.Hosting.Orchestration;

/// <summary>How long to wait before a crashed process is started again: half a second, doubled with each crash in a row, half a minute at most.</summary>
internal sealed class RestartDelay
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _last;

    /// <param name="ran">How long the process ran; one that ran longer than the longest delay starts the row anew.</param>
    public TimeSpan Next(TimeSpan ran)
    {
        _last = _last == TimeSpan.Zero || ran > Longest ? First : _last * 2;
        return _last = _last > Longest ? Longest : _last;
    }
}
