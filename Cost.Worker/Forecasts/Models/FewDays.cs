using MathNet.Numerics.Distributions;

namespace Cost.Worker.Forecasts.Models;

/// <summary>The error of the mean of a few days as forecast of all further ones: Student's t, with days never taken to be more alike than half their mean.</summary>
internal sealed class FewDays(double[] days)
{
    private const double LeastDeviation = 0.5;

    private readonly double _deviation = DeviationOf(days);

    /// <summary>What the error of the sum of <paramref name="ahead"/> days is below with each of the probabilities.</summary>
    public double[] Quantiles(double ahead, params ReadOnlySpan<double> probabilities)
    {
        var error = _deviation * Math.Sqrt(ahead + (ahead * ahead / days.Length));
        var quantiles = new double[probabilities.Length];
        for (var i = 0; i < quantiles.Length; i++)
        {
            quantiles[i] = error * StudentT.InvCDF(0, 1, Math.Max(1, days.Length - 1), probabilities[i]);
        }

        return quantiles;
    }

    private static double DeviationOf(double[] days)
    {
        var mean = days.Average();
        var variance = days.Length < 2 ? 0 : days.Sum(day => (day - mean) * (day - mean)) / (days.Length - 1);
        return Math.Max(Math.Sqrt(variance), LeastDeviation * days.Average(Math.Abs));
    }
}
