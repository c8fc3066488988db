namespace Gateway.Tests.Ledger;

/// <summary>Says what time the test wants it to be; timers are real.</summary>
internal sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
