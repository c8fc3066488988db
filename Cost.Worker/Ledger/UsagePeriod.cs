namespace Cost.Worker.Ledger;

/// <summary>Whole hours in UTC.</summary>
/// <param name="From">The first moment.</param>
/// <param name="To">The first moment after it.</param>
internal readonly record struct UsagePeriod(DateTimeOffset From, DateTimeOffset To)
{
    public bool IsWholeDays => From.TimeOfDay == TimeSpan.Zero && To.TimeOfDay == TimeSpan.Zero;

    public static UsagePeriod OfMonth(DateOnly month)
    {
        var first = new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return new UsagePeriod(first, first.AddMonths(1));
    }

    /// <param name="to">The first day after it.</param>
    public static UsagePeriod OfDays(DateOnly from, DateOnly to) =>
        new(new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), new DateTimeOffset(to.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));

    public bool Contains(DateOnly day, int hour)
    {
        var moment = new DateTimeOffset(day.ToDateTime(new TimeOnly(hour, 0)), TimeSpan.Zero);
        return moment >= From && moment < To;
    }

    public bool Touches(DateOnly day)
    {
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return midnight < To && midnight.AddDays(1) > From;
    }
}
