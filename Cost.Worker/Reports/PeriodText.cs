using System.Globalization;
using Cost.Worker.Ledger;

namespace Cost.Worker.Reports;

/// <summary>Reads periods: a month (<c>2026-11</c>), or from and to, each a date or a date and time. All in UTC.</summary>
internal static class PeriodText
{
    private const string Day = "yyyy-MM-dd";

    public static bool TryParseMonth(string text, out UsagePeriod period)
    {
        var isMonth = DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year < DateOnly.MaxValue.Year;
        period = isMonth ? UsagePeriod.OfMonth(first) : default;
        return isMonth;
    }

    /// <summary>
    /// A date for <paramref name="to"/> is the last day, a date and time the first moment after the period. Without both it is the month of
    /// <paramref name="now"/>; with one, up to today or from the beginning of that month.
    /// </summary>
    /// <param name="faulty">Which of the two is at fault.</param>
    public static bool TryParse(string? from, string? to, DateTimeOffset now, out UsagePeriod period, out string faulty, out string fault)
    {
        period = UsagePeriod.OfMonth(DateOnly.FromDateTime(now.UtcDateTime));
        (faulty, fault) = ("from", "");
        var (begin, end) = (period.From, period.To);
        if (from is not null && !TryParseMoment(from, isEnd: false, out begin, out fault))
        {
            return false;
        }

        faulty = "to";
        if (to is not null && !TryParseMoment(to, isEnd: true, out end, out fault))
        {
            return false;
        }

        if (from is not null && to is null)
        {
            end = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1);
        }
        else if (from is null && to is not null)
        {
            var last = end.AddTicks(-1);
            begin = new DateTimeOffset(last.Year, last.Month, 1, 0, 0, 0, TimeSpan.Zero);
        }

        period = new UsagePeriod(begin, end);
        fault = begin < end ? "" : "The period ends before it begins.";
        return fault.Length == 0;
    }

    private static bool TryParseMoment(string text, bool isEnd, out DateTimeOffset moment, out string fault)
    {
        fault = "";
        if (DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999)
        {
            moment = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(isEnd ? 1 : 0);
            return true;
        }

        if (!text.Contains('T', StringComparison.Ordinal)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment)
            || moment.Year is <= 1 or >= 9999)
        {
            moment = default;
            fault = $"'{text}' is no date (2026-11-21) and no date and time (2026-11-21T08:00:00Z).";
            return false;
        }

        fault = moment.Ticks % TimeSpan.TicksPerHour == 0 ? "" : $"'{text}' is no full hour; usage is summed by the hour.";
        return fault.Length == 0;
    }
}
