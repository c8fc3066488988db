using MathNet.Numerics.Statistics;

namespace Cost.Worker.Forecasts.Models;

/// <summary>
/// How far the sum of so many days may be from its forecast, by how far it was in the backtest: quantiles of the very errors, with no distribution assumed.
/// Errors of near horizons are pooled in units of their horizon's mean, since a long one has few that do not overlap; for how few, Student's t widens them.
/// </summary>
internal sealed class ErrorModel
{
    // Of a horizon that fits less often into the backtest than that, the errors are taken from shorter ones and grow as theirs do.
    private const int LeastRepeats = 3;

    // Between independent days, whose errors cancel, and a level that is off for good.
    private const double SlowestGrowth = 0.5;
    private const double FastestGrowth = 1;
    private const int PooledHorizons = 8;
    private const double TailsFrom = 0.4;
    private const double Outermost = 0.48;

    private readonly List<OriginErrors> _errors;
    private readonly double[] _scale;
    private readonly int _span;
    private readonly double _growth;

    private ErrorModel(List<OriginErrors> errors, int span)
    {
        _errors = errors;
        _span = span;
        _scale = new double[Math.Max(1, span / LeastRepeats)];
        for (var horizon = 0; horizon < _scale.Length; horizon++)
        {
            _scale[horizon] = Math.Max(MeanError(errors, horizon), horizon == 0 ? 0 : _scale[horizon - 1]);
        }

        var quarter = Math.Max(1, _scale.Length / 4);
        var growth = _scale[quarter - 1] > 0 ? Math.Log(_scale[^1] / _scale[quarter - 1]) / Math.Log((double)_scale.Length / quarter) : FastestGrowth;
        _growth = double.IsNaN(growth) ? FastestGrowth : Math.Clamp(growth, SlowestGrowth, FastestGrowth);
    }

    /// <param name="known">How many days are known: no error is taken that ends later.</param>
    public static ErrorModel Fit(IReadOnlyList<OriginErrors> errors, int known)
    {
        var ended = errors.Where(one => one.Origin < known).Select(one => one with { Running = one.Running[..Math.Min(one.Running.Length, known - one.Origin)] }).ToList();
        return new ErrorModel(ended, known - errors[0].Origin);
    }

    /// <summary>In units of the series' level, what the error of the sum of <paramref name="days"/> is below with each of the probabilities.</summary>
    public double[] Quantiles(double days, params ReadOnlySpan<double> probabilities)
    {
        var pool = Pool(days);
        var degrees = Math.Max(1, _span / Math.Max(1, days));
        var scale = Scale(days);
        var quantiles = new double[probabilities.Length];
        for (var i = 0; i < quantiles.Length; i++)
        {
            quantiles[i] = pool.Length == 0 ? 0 : scale * Widening.Of(degrees, probabilities[i]) * SortedArrayStatistics.QuantileCustom(pool, Outwards(probabilities[i], degrees), QuantileDefinition.R7);
        }

        return quantiles;
    }

    private static double MeanError(List<OriginErrors> errors, int horizon)
    {
        var (sum, count) = (0.0, 0);
        foreach (var one in errors)
        {
            if (one.Running.Length > horizon)
            {
                sum += Math.Abs(one.Running[horizon]);
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }

    // The outermost of few errors are nearer than those to come: half a rank further out, where split conformal prediction goes a whole one
    // (https://arxiv.org/abs/2107.07511), since near horizons help out.
    private static double Outwards(double probability, double degrees) =>
        Math.Abs(probability - 0.5) < TailsFrom ? probability : 0.5 + Math.Clamp((probability - 0.5) * (1 + (0.5 / degrees)), -Outermost, Outermost);

    private double[] Pool(double days)
    {
        var from = Math.Clamp((int)(days / 2), 1, Math.Max(1, _scale.Length / 2));
        var to = Math.Clamp((int)(days * 2), from, _scale.Length);
        var step = Math.Max(1, (to - from) / PooledHorizons);
        var pool = new List<double>();
        foreach (var one in _errors)
        {
            for (var horizon = from; horizon <= Math.Min(to, one.Running.Length); horizon += step)
            {
                if (_scale[horizon - 1] > 0)
                {
                    pool.Add(one.Running[horizon - 1] / _scale[horizon - 1]);
                }
            }
        }

        var sorted = pool.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private double Scale(double days)
    {
        if (days <= 1)
        {
            return _scale[0] * Math.Sqrt(Math.Max(0, days));
        }

        if (days >= _scale.Length)
        {
            return _scale[^1] * Math.Pow(days / _scale.Length, _growth);
        }

        var whole = (int)days;
        return _scale[whole - 1] + ((days - whole) * (_scale[whole] - _scale[whole - 1]));
    }
}
