namespace Gateway.Api.Limits.Shared;

/// <summary>How often one group is asked for, and what it has leased for that.</summary>
internal sealed class LeaseDemand(ScopeGroup group)
{
    private const int Fewest = 8;
    private const int Most = 4096;
    private const int FewestSlots = 4;
    private const double Margin = 1.5;

    private Sums _before;
    private Sums _current;
    private long _since;

    public Lease? Lease { get; set; }

    /// <summary>Whether a lease is asked for and neither given nor denied yet.</summary>
    public bool IsAsking { get; set; }

    /// <summary>The time before which it is not asked for once more, in milliseconds.</summary>
    public long NotBefore { get; set; }

    /// <summary>Whether one request after the other is worth asking for many at once.</summary>
    public bool IsHigh => Expected >= Fewest;

    public bool IsIdleSince(long milliseconds) => Lease is null && !IsAsking && _since < milliseconds;

    /// <param name="milliseconds">The time.</param>
    /// <param name="window">What is expected is what was asked for in so many.</param>
    public void Add(Hold hold, long milliseconds, double window)
    {
        if (milliseconds - _since >= window)
        {
            _before = milliseconds - _since < 2 * window ? _current : default;
            (_current, _since) = (default, milliseconds);
        }

        _current = _current.With(hold);
    }

    /// <summary>A hold for as many as are expected, of the size that they have had.</summary>
    /// <param name="atOnce">How many requests are under way.</param>
    public Hold Shape(int atOnce)
    {
        var seen = new Sums(_before.Requests + _current.Requests, _before.Tokens + _current.Tokens, _before.NanoUsd + _current.NanoUsd);
        var requests = Math.Min(Math.Ceiling(Expected * Margin), Most);
        return new Hold(group, (long)Math.Ceiling(seen.Tokens * requests / seen.Requests), (long)Math.Ceiling(seen.NanoUsd * requests / seen.Requests))
        {
            Requests = (long)requests,
            Slots = Math.Clamp(2 * atOnce, FewestSlots, (long)requests),
        };
    }

    private double Expected => Math.Max(_before.Requests, _current.Requests);

    private readonly record struct Sums(double Requests, double Tokens, double NanoUsd)
    {
        public Sums With(Hold hold) => new(Requests + 1, Tokens + hold.Tokens, NanoUsd + hold.NanoUsd);
    }
}
