namespace Cost.Worker.Forecasts.Models;

/// <summary>
/// Holt-Winters with a damped trend and an additive week (https://otexts.com/fpp3/holt-winters.html). The parameters are those of a grid whose one-day
/// forecasts erred least in the series itself: a search that finds the same on every machine, and cannot run away on a short series.
/// </summary>
internal static class HoltWinters
{
    private static readonly Parameters[] Grid =
    [
        .. from level in (double[])[0.05, 0.15, 0.4, 0.8]
           from season in (double[])[0.05, 0.25]
           from trend in (double[])[0, 0.1]
           from damping in trend > 0 ? (double[])[0.9, 0.98] : [0.9]
           select new Parameters(level, trend, season, damping),
    ];

    public static double[] Continue(double[] days, int horizon)
    {
        var state = new State(days);
        var best = Grid[0];
        var least = double.PositiveInfinity;
        foreach (var parameters in Grid)
        {
            var error = state.Run(days, parameters);
            if (error < least)
            {
                (best, least) = (parameters, error);
            }
        }

        state.Run(days, best);
        return state.Continue(days.Length, horizon, best.Damping);
    }

    private readonly record struct Parameters(double Level, double Trend, double Season, double Damping);

    private sealed class State
    {
        private readonly double[] _initialSeason = new double[Season.Week];
        private readonly double _initialLevel;
        private readonly double[] _season = new double[Season.Week];
        private double _level;
        private double _trend;

        // The first two weeks, each about its own mean.
        public State(double[] days)
        {
            _initialLevel = days.Take(Season.Week).Average();
            var second = days.Skip(Season.Week).Take(Season.Week).Average();
            for (var weekday = 0; weekday < Season.Week; weekday++)
            {
                _initialSeason[weekday] = (days[weekday] - _initialLevel + days[weekday + Season.Week] - second) / 2;
            }
        }

        /// <summary>Goes through the days; returns the sum of the absolute errors of forecasts of one day, after the two weeks that it began from.</summary>
        public double Run(double[] days, in Parameters parameters)
        {
            (_level, _trend) = (_initialLevel, 0);
            _initialSeason.CopyTo(_season, 0);
            double sum = 0;
            for (var day = 0; day < days.Length; day++)
            {
                ref var season = ref _season[day % Season.Week];
                var trend = parameters.Damping * _trend;
                var expected = _level + trend;
                var error = days[day] - expected - season;
                sum += day >= 2 * Season.Week ? Math.Abs(error) : 0;
                _level = expected + (parameters.Level * error);
                _trend = trend + (parameters.Level * parameters.Trend * error);
                season += parameters.Season * (1 - parameters.Level) * error;
            }

            return sum;
        }

        public double[] Continue(int length, int horizon, double damping)
        {
            var path = new double[horizon];
            var (trend, factor) = (0.0, 1.0);
            for (var ahead = 0; ahead < horizon; ahead++)
            {
                factor *= damping;
                trend += factor * _trend;
                path[ahead] = _level + trend + _season[(length + ahead) % Season.Week];
            }

            return path;
        }
    }
}
