namespace Gateway.Api.Routing;

/// <summary>
/// What the gateway has seen of a target: how fast it answers, how much it makes, how many requests it works on now. Kept by the
/// target's name, so it survives a change of configuration.
/// </summary>
internal sealed class TargetLoad(TimeProvider time)
{
    /// <summary>What a failed attempt counts as where it failed faster: a target that refuses at once must not look fast.</summary>
    private const double FailureSeconds = 5;

    /// <summary>What an answer is expected to hold before any was seen.</summary>
    private const double UsualOutputTokens = 256;

    private readonly PeakEwma _firstToken = new();
    private readonly PeakEwma _perToken = new();
    private readonly PeakEwma _outputTokens = new();
    private int _inFlight;
    private long _attempts;
    private long _failures;

    /// <summary>Requests that the target works on.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    public long Attempts => Interlocked.Read(ref _attempts);

    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Moving average of the time to the first token in seconds; 0 where none was seen.</summary>
    public double FirstTokenSeconds => _firstToken.Value;

    /// <summary>Moving average of the time for each further token in seconds; 0 where none was seen.</summary>
    public double PerTokenSeconds => _perToken.Value;

    /// <summary>Why the last attempt that failed did, and when.</summary>
    public TargetFailure? LastFailure { get; private set; }

    public void Began()
    {
        Interlocked.Increment(ref _inFlight);
        Interlocked.Increment(ref _attempts);
    }

    public void Ended() => Interlocked.Decrement(ref _inFlight);

    public void Failed(string reason, double seconds)
    {
        Interlocked.Increment(ref _failures);
        LastFailure = new TargetFailure(time.GetUtcNow(), reason);
        _firstToken.Observe(Math.Max(seconds, FailureSeconds), Now());
    }

    /// <param name="firstToken">Seconds to the first token.</param>
    /// <param name="rest">Seconds from there to the end.</param>
    /// <param name="outputTokens">Tokens that were made, the first included.</param>
    public void Streamed(double firstToken, double rest, long outputTokens)
    {
        var now = Now();
        _firstToken.Observe(firstToken, now);
        ObserveTokens(rest, outputTokens, now);
    }

    /// <summary>A reply that came whole: its time is all told by its tokens, where it has any.</summary>
    public void Answered(double seconds, long outputTokens)
    {
        var now = Now();
        _firstToken.Observe(outputTokens > 0 ? 0 : seconds, now);
        ObserveTokens(seconds, outputTokens, now);
    }

    /// <summary>How many tokens an answer to this demand is expected to hold.</summary>
    public double ExpectedOutputTokens(Demand demand)
    {
        var usual = _outputTokens.Value is > 0 and var seen ? seen : UsualOutputTokens;
        return demand.MaxOutputTokens is { } most ? Math.Min(usual, most) : usual;
    }

    /// <summary>How long an answer to this demand is expected to take, in seconds; more where the target is busy. 0 where it was never seen, so that it is.</summary>
    /// <param name="now">From <see cref="Now"/>, which is read once for all targets that are compared.</param>
    public double ExpectedSeconds(Demand demand, double now) =>
        (_firstToken.At(now) + (_perToken.At(now) * ExpectedOutputTokens(demand))) * (InFlight + 1);

    /// <summary>The time by which observations age, in seconds.</summary>
    public double Now() => time.GetElapsedTime(0).TotalSeconds;

    private void ObserveTokens(double seconds, long outputTokens, double now)
    {
        if (outputTokens > 0)
        {
            _outputTokens.Observe(outputTokens, now);
            _perToken.Observe(seconds / outputTokens, now);
        }
    }
}
