using ServiceDefaults.Usage;

namespace Cost.Worker.Traffic.Series;

/// <summary>Traffic by one dimension. Memory is bounded: what comes after so many names is counted together.</summary>
internal sealed class SplitTraffic(TrafficDimension dimension)
{
    private const int MostNames = 64;
    private const string Other = "other";

    private readonly Dictionary<string, TrafficSeries> _named = new(StringComparer.Ordinal);
    private TrafficSeries? _unnamed;

    public TrafficDimension Dimension => dimension;

    /// <summary>Those without a name last.</summary>
    public IEnumerable<(string? Name, TrafficSeries Series)> Series =>
        _named.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => ((string?)pair.Key, pair.Value)).Concat(_unnamed is null ? [] : [(null, _unnamed)]);

    public void Add(UsageEvent one, DateTimeOffset at) => SeriesOf(dimension.Of(one)).Add(one, at);

    public void AddAll(SplitTraffic other)
    {
        foreach (var (name, series) in other.Series)
        {
            SeriesOf(name).AddAll(series);
        }
    }

    private TrafficSeries SeriesOf(string? name)
    {
        if (name is null)
        {
            return _unnamed ??= new TrafficSeries();
        }

        if (_named.TryGetValue(name, out var series))
        {
            return series;
        }

        // One of them is for all others.
        return name != Other && _named.Count >= MostNames - 1 ? SeriesOf(Other) : _named[name] = new TrafficSeries();
    }
}
