using ServiceDefaults.Usage;

namespace Cost.Worker.Traffic.Series;

/// <summary>The traffic of all together, or of one alias, target or tenant, by minutes and by hours.</summary>
internal sealed class TrafficSeries
{
    private readonly CellRing _minutes = new(TrafficStep.Minute.Kept);
    private readonly CellRing _hours = new(TrafficStep.Hour.Kept);

    public void Add(UsageEvent one, DateTimeOffset at)
    {
        _minutes.CellOf(TrafficStep.Minute.NumberOf(at))?.Add(one);
        _hours.CellOf(TrafficStep.Hour.NumberOf(at))?.Add(one);
    }

    public void AddAll(TrafficSeries other)
    {
        _minutes.AddAll(other._minutes);
        _hours.AddAll(other._hours);
    }

    public CellRing Of(TrafficStep step) => step == TrafficStep.Minute ? _minutes : _hours;
}
