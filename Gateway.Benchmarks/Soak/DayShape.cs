namespace Gateway.Benchmarks.Soak;

/// <summary>
/// Days made up, four of them in the time of the load, so that its second half has two whole ones: callers come by chance, few at night and many in
/// the afternoon, with bursts in between. The same each time.
/// </summary>
internal static class DayShape
{
    private const double MeanPerSecond = 20;
    private const int Days = 4;
    private const double Swing = 0.8;
    private const double BusiestPartOfDay = 0.6;
    private const double SecondsBetweenBursts = 45;
    private const double SecondsOfBurst = 3;
    private const double TimesInBurst = 3;
    private const int Seed = 18;

    public static IEnumerable<Arrival> Of(TimeSpan load)
    {
        var chance = new Random(Seed);
        for (var at = 0.0; ; )
        {
            at += -Math.Log(1 - chance.NextDouble()) / RateAt(at, load.TotalSeconds / Days);
            if (at >= load.TotalSeconds)
            {
                yield break;
            }

            yield return new Arrival(TimeSpan.FromSeconds(at), LongTailed(chance, usual: 200, most: 4_000), LongTailed(chance, usual: 60, most: 400));
        }
    }

    private static double RateAt(double second, double secondsOfDay)
    {
        var ofDay = MeanPerSecond * (1 + (Swing * Math.Cos(2 * Math.PI * ((second / secondsOfDay) - BusiestPartOfDay))));
        return second % SecondsBetweenBursts >= SecondsBetweenBursts - SecondsOfBurst ? ofDay * TimesInBurst : ofDay;
    }

    // Log-normal, as lengths of prompts and answers are.
    private static int LongTailed(Random chance, int usual, int most)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
        return Math.Clamp((int)(usual * Math.Exp(normal)), 1, most);
    }
}
