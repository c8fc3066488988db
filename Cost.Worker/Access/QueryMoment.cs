using System.Globalization;

namespace Cost.Worker.Access;

/// <summary>Reads a date and time of a query, in UTC where it names no zone.</summary>
internal static class QueryMoment
{
    /// <param name="moment">Null where there is none.</param>
    public static bool TryRead(IQueryCollection query, string name, out DateTimeOffset? moment, out string fault)
    {
        (moment, fault) = (null, "");
        if (query[name].FirstOrDefault() is not { Length: > 0 } text)
        {
            return true;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var read) && read.Year is > 1 and < 9999)
        {
            moment = read;
            return true;
        }

        fault = $"'{text}' is no date and time such as 2026-11-21T08:00:00Z.";
        return false;
    }
}
