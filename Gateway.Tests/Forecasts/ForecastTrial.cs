using Cost.Worker.Forecasts.Models;

namespace Gateway.Tests.Forecasts;

/// <summary>Forecasts of one class of series, held against what came: <see cref="Count"/> of each horizon.</summary>
internal sealed class ForecastTrial
{
    public const int SeriesOfClass = 20;

    public static readonly IReadOnlyList<int> Horizons = [1, 7, 30];

    private const int Week = 7;
    private const int Month = 30;

    private static readonly int[] Origins = [100, 130, 160];

    private readonly int[] _inside90 = new int[Horizons.Count];
    private readonly int[] _inside50 = new int[Horizons.Count];
    private double _error;
    private double _naiveError;

    public int Count { get; private set; }

    /// <summary>Of the days of a week ahead.</summary>
    public double Mase => _error / Count;

    /// <summary>What repeating the last week comes to.</summary>
    public double NaiveMase => _naiveError / Count;

    public int Inside90(int horizon) => _inside90[horizon];

    public int Inside50(int horizon) => _inside50[horizon];

    public static ForecastTrial Of(string name)
    {
        var trial = new ForecastTrial();
        for (var seed = 0; seed < SeriesOfClass; seed++)
        {
            var series = SyntheticSpend.Series(name, seed, Origins[^1] + Month);
            foreach (var origin in Origins)
            {
                trial.Add(series[..origin], series[origin..]);
            }
        }

        return trial;
    }

    private void Add(double[] past, double[] future)
    {
        var model = SeriesModel.Fit(past, Month);
        Count++;
        for (var horizon = 0; horizon < Horizons.Count; horizon++)
        {
            var actual = future.Take(Horizons[horizon]).Sum();
            var sum = Sum(model, Horizons[horizon]);
            _inside90[horizon] += actual >= sum.Low90 && actual <= sum.High90 ? 1 : 0;
            _inside50[horizon] += actual >= sum.Low50 && actual <= sum.High50 ? 1 : 0;
        }

        var scale = past.Skip(Week).Select((value, day) => Math.Abs(value - past[day])).Average() * Week;
        for (var day = 0; day < Week; day++)
        {
            var expected = Sum(model, day + 1).Expected - (day == 0 ? 0 : Sum(model, day).Expected);
            _error += Math.Abs(future[day] - expected) / scale;
            _naiveError += Math.Abs(future[day] - past[past.Length - Week + day]) / scale;
        }
    }

    private static SumForecast Sum(SeriesModel model, int days) => model.Sum(days, share: 1, model.NextDay);
}
