using System.Globalization;
using Cost.Worker.Configuration;
using Cost.Worker.Ledger;

namespace Cost.Worker.Reports.Schedule;

/// <summary>A report that is due at an hour of each day, or of each month's first.</summary>
internal sealed record ScheduledReport(string Name, ReportInterval Every, int Hour, IReadOnlyList<Dimension> By, IReadOnlyList<ReportFormat> Formats, string Folder, decimal? MonthlyBudgetUsd)
{
    private const string DefaultFolder = "reports";

    /// <summary>Takes options that are valid.</summary>
    public static ScheduledReport Of(string name, ScheduledReportOptions options, string data)
    {
        Dimension.TryParse(options.By, out var by, out _);
        return new ScheduledReport(
            name, Enum.Parse<ReportInterval>(options.Every, ignoreCase: true), options.Hour, by, [.. ReportFormat.Named(options.Formats).Select(format => format.Format!)],
            Path.GetFullPath(options.Folder ?? DefaultFolder, data), options.BudgetUsd);
    }

    /// <summary>The last day that a report should be there for by now.</summary>
    public DateOnly LastDay(DateTimeOffset now)
    {
        var due = now.UtcDateTime.AddHours(-Hour);
        return (Every == ReportInterval.Daily ? DateOnly.FromDateTime(due) : new DateOnly(due.Year, due.Month, 1)).AddDays(-1);
    }

    public static UsagePeriod PeriodOf(DateOnly lastDay) => UsagePeriod.OfMonth(lastDay);

    public string PathOf(DateOnly lastDay, ReportFormat format) =>
        Path.Combine(Folder, $"{Name}-{lastDay.ToString(Every == ReportInterval.Daily ? "yyyy-MM-dd" : "yyyy-MM", CultureInfo.InvariantCulture)}.{format.Extension}");
}
