namespace Gateway.Api.Metering.Journal;

/// <summary>Delays that double from the first to the last.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan last)
{
    private int _doublings;

    public TimeSpan Delay => first * Math.Pow(2, _doublings) < last ? first * Math.Pow(2, _doublings) : last;

    public void Grow() => _doublings = Math.Min(_doublings + 1, 30);

    public void Reset() => _doublings = 0;
}
