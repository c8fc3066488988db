namespace StackExchange.Redis;

/// <summary>Waits twice as long after each failed attempt, and never quite the same time as another client, so that a server that comes back is not met by all at once.</summary>
public sealed class ExponentialRetry : IReconnectRetryPolicy
{
    private static readonly TimeSpan DefaultMaximum = TimeSpan.FromMinutes(1);

    private readonly int _first;
    private readonly int _maximum;
    private readonly int _seed = Random.Shared.Next();

    /// <param name="deltaBackOffMilliseconds">The first wait; the longest is a minute.</param>
    public ExponentialRetry(int deltaBackOffMilliseconds)
        : this(deltaBackOffMilliseconds, Math.Max(deltaBackOffMilliseconds, (int)DefaultMaximum.TotalMilliseconds))
    {
    }

    /// <param name="deltaBackOffMilliseconds">The first wait.</param>
    /// <param name="maxDeltaBackOffMilliseconds">The longest wait.</param>
    public ExponentialRetry(int deltaBackOffMilliseconds, int maxDeltaBackOffMilliseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deltaBackOffMilliseconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDeltaBackOffMilliseconds, deltaBackOffMilliseconds);
        _first = deltaBackOffMilliseconds;
        _maximum = maxDeltaBackOffMilliseconds;
    }

    public bool ShouldRetry(long currentRetryCount, int timeElapsedMillisecondsSinceLastRetry)
    {
        var longest = Math.Min(_maximum, _first * Math.Pow(2, Math.Min(currentRetryCount, 30) - 1));

        // Between half of it and all of it; the same answer however often it is asked about one attempt.
        var jitter = (uint)HashCode.Combine(_seed, currentRetryCount) / (double)uint.MaxValue;
        return timeElapsedMillisecondsSinceLastRetry >= longest * (0.5 + (jitter / 2));
    }
}
