namespace Gateway.Tests.Forecasts;

/// <summary>
/// Made-up spend a day, the same for the same seed: a week with quiet ends and noise of 8 to 18 %, and what its class is named after: growth from -0.15 to 1.1 % of
/// the first day a day; levels that change by half or double about once in a quarter; bursts of a day or two at three to seven times the usual, on one day of twenty.
/// </summary>
internal static class SyntheticSpend
{
    public static readonly IReadOnlyList<string> Classes = [Season, Trend, LevelShift, Bursts];

    private const string Season = "weekly season";
    private const string Trend = "trend";
    private const string LevelShift = "level shift";
    private const string Bursts = "bursts";

    public static double[] Series(string name, int seed, int days)
    {
        // Seeds that follow each other begin with numbers that are alike, so they are mixed.
        var random = new Random((int)(((uint)(seed * Classes.Count) + (uint)Classes.ToList().IndexOf(name) + 1) * 2_654_435_761));
        var scale = Math.Exp(random.NextDouble() * 8);
        var weekend = 0.2 + (0.8 * random.NextDouble());
        var noise = 0.08 + (0.1 * random.NextDouble());
        var growth = name == Trend ? (random.NextDouble() * 0.0125) - 0.0015 : 0;
        var (level, burst, left) = (1.0, 1.0, 0);
        var series = new double[days];
        for (var day = 0; day < days; day++)
        {
            if (name == LevelShift && random.NextDouble() < 1.0 / 90)
            {
                level *= random.NextDouble() < 0.5 ? 0.4 + (0.3 * random.NextDouble()) : 1.4 + random.NextDouble();
            }

            if (name == Bursts && left == 0 && random.NextDouble() < 0.05)
            {
                (burst, left) = (3 + (4 * random.NextDouble()), random.Next(1, 3));
            }

            var weekday = day % 7 >= 5 ? weekend : 1 + (0.05 * (day % 7));
            series[day] = scale * level * weekday * (1 + (growth * day)) * (left > 0 ? burst : 1) * Math.Exp(noise * Normal(random));
            left = Math.Max(0, left - 1);
        }

        return series;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
