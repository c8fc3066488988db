using System.Globalization;

namespace Gateway.Api.Configuration;

/// <summary>How the time-outs of one request have to go together, where they are stated.</summary>
internal static class TimeRules
{
    public static void Check(string key, double requestSeconds, double? firstTokenSeconds, double? reserveSeconds, List<string> faults)
    {
        if (firstTokenSeconds >= requestSeconds)
        {
            faults.Add(Text($"{key}: FirstTokenTimeoutSeconds ({firstTokenSeconds}) must be less than RequestTimeoutSeconds ({requestSeconds}), or no time is left for another target."));
        }

        if (reserveSeconds >= requestSeconds)
        {
            faults.Add(Text($"{key}: FallbackReserveSeconds ({reserveSeconds}) must be less than RequestTimeoutSeconds ({requestSeconds}), or no time is left for the first target."));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
