using System.Globalization;

namespace Gateway.Api.Prices;

/// <summary>Nano-dollars (10⁻⁹ USD) as people read money.</summary>
internal static class NanoUsd
{
    private const decimal NanosPerDollar = 1_000_000_000m;

    /// <summary>US dollars as nano-dollars; 0 where there are none.</summary>
    public static long Of(decimal? usd) => (long)((usd ?? 0) * NanosPerDollar);

    /// <summary>In US dollars, exact to the last digit: 12,345 nano-dollars are <c>0.000012345</c>.</summary>
    public static string Format(long nanoUsd) => (nanoUsd / NanosPerDollar).ToString("0.#########", CultureInfo.InvariantCulture);
}
