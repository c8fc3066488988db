namespace Local.Model.Behaviour;

/// <summary>Holds tokens back until they are due. Pauses add up to the scheduled time, however coarse the timer is.</summary>
internal sealed class Pacer
{
    private readonly TimeProvider _time;
    private readonly Random? _random;
    private readonly double _jitter;
    private readonly double _first;
    private readonly double _gap;
    private readonly long _start;
    private double _due;

    public Pacer(Script script, TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        _first = script.TimeToFirstTokenMs / 1000.0;
        _gap = script.TokensPerSecond > 0 ? 1 / script.TokensPerSecond : 0;
        _jitter = script.Jitter;
        _random = _jitter > 0 ? new Random(script.JitterSeed) : null;
        _due = Stray(_first);
    }

    /// <summary>Whether tokens leave one by one; where not, they may leave in batches.</summary>
    public bool IsPaced => _gap > 0;

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    public ValueTask FirstAsync(CancellationToken cancellationToken) => UntilDueAsync(cancellationToken);

    public ValueTask NextAsync(CancellationToken cancellationToken)
    {
        if (_gap == 0)
        {
            return ValueTask.CompletedTask;
        }

        _due += Stray(_gap);
        return UntilDueAsync(cancellationToken);
    }

    /// <summary>Waits until <paramref name="tokens"/> tokens, the first included, are due.</summary>
    public ValueTask AllAsync(int tokens, CancellationToken cancellationToken)
    {
        for (var token = 1; token < tokens && _gap > 0; token++)
        {
            _due += Stray(_gap);
        }

        return UntilDueAsync(cancellationToken);
    }

    /// <summary>How many tokens were made by now, had none been held back.</summary>
    public int MadeByNow(int tokens)
    {
        var past = Elapsed.TotalSeconds - _first;
        return past < 0 ? 0 : _gap == 0 ? tokens : (int)Math.Min(tokens, 1 + past / _gap);
    }

    private ValueTask UntilDueAsync(CancellationToken cancellationToken)
    {
        if (_due <= 0)
        {
            return ValueTask.CompletedTask;
        }

        var left = _due - Elapsed.TotalSeconds;
        return left < 0.0005 ? ValueTask.CompletedTask : new ValueTask(Task.Delay(TimeSpan.FromSeconds(left), _time, cancellationToken));
    }

#pragma warning disable CA5394 // Jitter is no secret.
    private double Stray(double pause) => _random is null ? pause : pause * (1 + _jitter * (_random.NextDouble() * 2 - 1));
#pragma warning restore CA5394
}
