namespace Gateway.Benchmarks.Scale.Model;

/// <summary>Does one thing after another, or so many at a time, each on a core while it lasts.</summary>
internal sealed class Station
{
    private readonly Simulation _simulation;
    private readonly Cores _cores;
    private readonly int _atOnce;
    private readonly bool _isConstant;
    private readonly Queue<(double Since, double Seconds, Action Done)> _waiting = new();
    private int _underWay;
    private double _work;
    private double _countedAt;

    /// <param name="name">What the tables call it.</param>
    /// <param name="atOnce">How many things it does at a time, if there are cores for them.</param>
    /// <param name="isConstant">Whether a thing takes exactly as long as it is said to; else that is the mean of an exponential distribution.</param>
    public Station(Simulation simulation, string name, Cores cores, int atOnce, bool isConstant = false)
    {
        (_simulation, _cores, _atOnce, _isConstant) = (simulation, cores, atOnce, isConstant);
        Name = name;
        Capacity = Math.Min(atOnce, cores.Count);
        cores.Add(this);
    }

    public string Name { get; }

    /// <summary>Seconds of work done so far, all cores together.</summary>
    public double Work
    {
        get
        {
            Count();
            return _work;
        }
    }

    /// <summary>How much work it can do in a second.</summary>
    public int Capacity { get; }

    public bool CanStart => _waiting.Count > 0 && _underWay < _atOnce;

    public double WaitingSince => _waiting.Peek().Since;

    /// <param name="seconds">How long it takes, or takes on average.</param>
    public void Serve(double seconds, Action done)
    {
        _waiting.Enqueue((_simulation.Now, seconds, done));
        _cores.Assign();
    }

    public void Start()
    {
        var (_, mean, done) = _waiting.Dequeue();
        var seconds = _isConstant ? mean : _simulation.Exponential(mean);
        Count();
        _underWay++;
        _simulation.After(seconds, () =>
        {
            Count();
            _underWay--;
            _cores.Release();
            done();
        });
    }
    private void Count()
    {
        _work += _underWay * (_simulation.Now - _countedAt);
        _countedAt = _simulation.Now;
    }
}
