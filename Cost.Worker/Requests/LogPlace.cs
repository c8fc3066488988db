using System.Globalization;
using ServiceDefaults.Usage;

namespace Cost.Worker.Requests;

/// <summary>Where a request stands in the log: by the time when it came in, and among those of one time by its event.</summary>
internal readonly record struct LogPlace(long Ticks, UsageEventId Id) : IComparable<LogPlace>
{
    private const int DigitsOfTicks = 16;

    public DateOnly Day => DateOnly.FromDateTime(new DateTime(Ticks, DateTimeKind.Utc));

    public static LogPlace Of(UsageEvent one) => new(one.At.UtcTicks, one.Id);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out LogPlace place)
    {
        place = default;
        if (text.Length <= DigitsOfTicks || text[DigitsOfTicks] != '-'
            || !long.TryParse(text.AsSpan(0, DigitsOfTicks), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)
            || ticks < 0 || ticks > DateTime.MaxValue.Ticks
            || !UsageEventId.TryParse(text[(DigitsOfTicks + 1)..], out var id))
        {
            return false;
        }

        place = new LogPlace(ticks, id);
        return true;
    }

    public int CompareTo(LogPlace other)
    {
        var order = Ticks.CompareTo(other.Ticks);
        order = order != 0 ? order : string.CompareOrdinal(Id.Journal, other.Id.Journal);
        return order != 0 ? order : Id.Sequence.CompareTo(other.Id.Sequence);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ticks:x16}-{Id}");
}
