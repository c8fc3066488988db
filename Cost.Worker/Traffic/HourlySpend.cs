namespace Cost.Worker.Traffic;

/// <summary>Spend over time: the last hour by minutes, the days before it by hours.</summary>
internal sealed class HourlySpend(int minutes, int hours)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TimeRing<Nanos> _minutes = new(TimeSpan.FromMinutes(1), minutes);
    private readonly TimeRing<Nanos> _hours = new(Hour, hours);
    private DateTimeOffset? _first;

    public void Add(DateTimeOffset at, Nanos spent)
    {
        _minutes.Add(at, spent);
        AddHour(at, spent);
    }

    public void AddHour(DateTimeOffset at, Nanos spent)
    {
        _hours.Add(at, spent);
        _first = _first is { } first && first <= at ? first : at;
    }

    /// <summary>The last sixty minutes, and the whole hours before them since the first spend that is known.</summary>
    public SpendHours Hours(string? tenant, DateTimeOffset now, int most)
    {
        var before = new List<decimal>();
        for (var hour = now - (2 * Hour); before.Count < most && hour >= _first; hour -= Hour)
        {
            before.Add(_hours.At(hour).Usd);
        }

        return new SpendHours(tenant, _minutes.Sum(now, Hour).Usd, before);
    }
}
