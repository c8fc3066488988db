namespace Gateway.Api.Routing;

/// <summary>
/// A moving average that follows a rise at once and a fall slowly, so that a target that turns slow is left quickly. What has not been
/// observed for a while fades, so that a target that nobody asks is asked again some day. Several threads may use it at once.
/// (https://linkerd.io/2016/03/16/beyond-round-robin-load-balancing-for-latency/)
/// </summary>
internal sealed class PeakEwma
{
    /// <summary>After this long an observation weighs e times less.</summary>
    private const double DecaySeconds = 10;

    /// <summary>Without an observation the value counts half after 15 s, a quarter after 33 s, an eighth after 54 s: 1 / (1 + age / this) to the fourth, for which no power need be computed.</summary>
    private const double FadeSeconds = 79.28;

    private readonly Lock _lock = new();
    private double _value;
    private double _observedAt;

    public void Observe(double value, double now)
    {
        lock (_lock)
        {
            if (_observedAt == 0 || value > _value)
            {
                _value = value;
            }
            else
            {
                var weight = Math.Exp(-(now - _observedAt) / DecaySeconds);
                _value = (_value * weight) + (value * (1 - weight));
            }

            _observedAt = now;
        }
    }

    /// <summary>The value as it stands; 0 where nothing was observed.</summary>
    public double Value => Volatile.Read(ref _value);

    /// <summary>The value, faded by its age.</summary>
    public double At(double now)
    {
        var age = now - Volatile.Read(ref _observedAt);
        if (age < 1)
        {
            return Value;
        }

        var left = 1 / (1 + (age / FadeSeconds));
        return Value * (left * left * left * left);
    }
}
