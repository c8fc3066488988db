using ServiceDefaults.Usage;

namespace Cost.Worker.Traffic.Series;

/// <summary>The traffic of the last days, of all together and by each dimension. For one thread at a time.</summary>
internal sealed class TrafficCounts
{
    private readonly SplitTraffic[] _split = [.. TrafficDimension.All.Select(dimension => new SplitTraffic(dimension))];

    public TrafficSeries All { get; } = new();

    /// <param name="one">The request.</param>
    /// <param name="now">The latest time there is: a gateway whose clock is ahead has not seen the future.</param>
    public void Add(UsageEvent one, DateTimeOffset now)
    {
        var at = one.At < now ? one.At : now;
        All.Add(one, at);
        foreach (var split in _split)
        {
            split.Add(one, at);
        }
    }

    public void AddAll(TrafficCounts other)
    {
        All.AddAll(other.All);
        for (var i = 0; i < _split.Length; i++)
        {
            _split[i].AddAll(other._split[i]);
        }
    }

    /// <param name="dimension">Null for all together.</param>
    public IEnumerable<(string? Name, TrafficSeries Series)> By(TrafficDimension? dimension) =>
        dimension is null ? [(null, All)] : _split.Single(split => split.Dimension == dimension).Series;
}
