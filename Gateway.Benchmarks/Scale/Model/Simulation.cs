namespace Gateway.Benchmarks.Scale.Model;

/// <summary>A discrete-event simulation: a clock that jumps from one event to the next. The same seed gives the same run.</summary>
internal sealed class Simulation(int seed)
{
    private readonly PriorityQueue<Action, (double At, long Number)> _events = new();
    private long _number;

    /// <summary>Seconds since it began.</summary>
    public double Now { get; private set; }

    public Random Random { get; } = new(seed);

    public void After(double seconds, Action action) => _events.Enqueue(action, (Now + seconds, _number++));

    /// <summary>Runs what happens until then.</summary>
    public void RunUntil(double seconds)
    {
        while (_events.TryPeek(out var action, out var due) && due.At <= seconds)
        {
            _events.Dequeue();
            Now = due.At;
            action();
        }

        Now = seconds;
    }

    /// <summary>A time that is exponentially distributed around its mean.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Random.NextDouble());
}
