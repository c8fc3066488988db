using System.Globalization;

namespace Cost.Worker.Reports;

/// <summary>Nano-dollars as dollars.</summary>
internal static class Money
{
    private const int NanoPerUsd = 1_000_000_000;

    /// <summary>Exactly, with nine places.</summary>
    public static string Usd(Int128 nano)
    {
        var (whole, rest) = Int128.DivRem(nano, NanoPerUsd);
        return string.Create(CultureInfo.InvariantCulture, $"{(nano < 0 ? "-" : "")}{Int128.Abs(whole)}.{(int)Int128.Abs(rest):D9}");
    }

    /// <summary>As people read it: to the cent, and what is less than a dollar to its fourth figure.</summary>
    public static string Shown(Int128 nano) => Shown((double)nano / NanoPerUsd);

    public static string Shown(double usd)
    {
        var places = Math.Abs(usd) is >= 1 or 0 ? 2 : Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(usd))), 2, 9);
        return (usd < 0 ? "-$" : "$") + Math.Abs(usd).ToString($"N{places}", CultureInfo.InvariantCulture);
    }
}
