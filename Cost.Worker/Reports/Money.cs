using System.Globalization;

namespace Cost.Worker.Reports;

/// <summary>Nano-dollars as dollars, exactly.</summary>
internal static class Money
{
    private const int NanoPerUsd = 1_000_000_000;

    public static string Usd(Int128 nano)
    {
        var (whole, rest) = Int128.DivRem(nano, NanoPerUsd);
        return string.Create(CultureInfo.InvariantCulture, $"{(nano < 0 ? "-" : "")}{Int128.Abs(whole)}.{(int)Int128.Abs(rest):D9}");
    }
}
