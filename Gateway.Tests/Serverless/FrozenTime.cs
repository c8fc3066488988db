namespace Gateway.Tests.Serverless;

/// <summary>A clock that a test moves, and of which no timer ever fires: that of a process that is frozen between requests.</summary>
internal sealed class FrozenTime : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    private TimeSpan _elapsed = TimeSpan.FromHours(1);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Beginning + _elapsed;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Silent();

    public void Advance(TimeSpan by) => _elapsed += by;

    private sealed class Silent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
