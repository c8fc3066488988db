namespace Cost.Worker.Traffic.Series;

/// <summary>How finely time is cut.</summary>
/// <param name="Name">As it is asked for.</param>
/// <param name="Length">Of a step.</param>
/// <param name="Kept">How many steps are held, the running one among them.</param>
/// <param name="Usual">How many are shown where nothing is asked for.</param>
internal sealed record TrafficStep(string Name, TimeSpan Length, int Kept, int Usual)
{
    public static readonly TrafficStep Minute = new("minute", TimeSpan.FromMinutes(1), (24 * 60) + 1, 60);

    public static readonly TrafficStep Hour = new("hour", TimeSpan.FromHours(1), (7 * 24) + 1, 24);

    public static TrafficStep? Find(string name) => name == Minute.Name ? Minute : name == Hour.Name ? Hour : null;

    public long NumberOf(DateTimeOffset at) => at.UtcTicks / Length.Ticks;

    public DateTimeOffset BeginOf(long number) => new(number * Length.Ticks, TimeSpan.Zero);
}
