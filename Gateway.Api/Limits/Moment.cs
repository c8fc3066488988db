namespace Gateway.Api.Limits;

/// <summary>A time as limits count it: milliseconds since 1970 for windows, UTC days and months for budgets.</summary>
internal readonly record struct Moment(long Milliseconds, int Day, int Month)
{
    private const long MillisecondsPerDay = 24L * 60 * 60 * 1000;
    private const int MonthsPerYear = 12;

    public static Moment Of(DateTimeOffset time)
    {
        var milliseconds = time.ToUnixTimeMilliseconds();
        return new Moment(milliseconds, (int)(milliseconds / MillisecondsPerDay), (time.UtcDateTime.Year * MonthsPerYear) + time.UtcDateTime.Month - 1);
    }

    public TimeSpan UntilTomorrow => TimeSpan.FromMilliseconds(((Day + 1) * MillisecondsPerDay) - Milliseconds);

    public TimeSpan UntilNextMonth =>
        new DateTimeOffset(Month / MonthsPerYear, (Month % MonthsPerYear) + 1, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1) - DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds);
}
