namespace Gateway.Benchmarks.Scale.Model;

/// <summary>Processor cores, and the stations that share them: whoever has waited longest goes next, if his station may do one thing more at a time.</summary>
internal sealed class Cores(int count)
{
    private readonly List<Station> _stations = [];
    private int _free = count;

    public int Count { get; } = count;

    public void Add(Station station) => _stations.Add(station);

    /// <summary>Gives cores to those who wait.</summary>
    public void Assign()
    {
        while (_free > 0)
        {
            Station? next = null;
            foreach (var station in _stations)
            {
                if (station.CanStart && (next is null || station.WaitingSince < next.WaitingSince))
                {
                    next = station;
                }
            }

            if (next is null)
            {
                return;
            }

            _free--;
            next.Start();
        }
    }

    public void Release()
    {
        _free++;
        Assign();
    }
}
