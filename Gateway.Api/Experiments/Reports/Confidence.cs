using MathNet.Numerics.Distributions;

namespace Gateway.Api.Experiments.Reports;

/// <summary>95 % confidence intervals. They take requests for independent of each other.</summary>
internal static class Confidence
{
    private const double Upper = 0.975;

    private static readonly double Z = Normal.InvCDF(0, 1, Upper);

    /// <summary>A rate, by Wilson's score interval (https://doi.org/10.1080/01621459.1927.10502953), which also holds where it is near 0.</summary>
    public static Interval OfRate(double hits, double count)
    {
        var rate = hits / count;
        var spread = Z * Z / count;
        var middle = (rate + (spread / 2)) / (1 + spread);
        var half = Z / (1 + spread) * Math.Sqrt((rate * (1 - rate) / count) + (spread / (4 * count)));
        return new Interval(rate, Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    /// <summary>A mean, by Student's t.</summary>
    public static Interval OfMean(Moments values) =>
        values.Count < 2 ? new Interval(values.Mean, null, null) : Around(values.Mean, Math.Sqrt(values.SquaredError), values.Count - 1);

    /// <summary>The difference of two rates, by Newcombe's hybrid of Wilson's intervals (https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I).</summary>
    public static Interval OfDifference(Interval rate, Interval control)
    {
        var difference = rate.Value - control.Value;
        return new Interval(
            difference,
            difference - Math.Sqrt(Math.Pow(rate.Value - rate.Low!.Value, 2) + Math.Pow(control.High!.Value - control.Value, 2)),
            difference + Math.Sqrt(Math.Pow(rate.High!.Value - rate.Value, 2) + Math.Pow(control.Value - control.Low!.Value, 2)));
    }

    /// <summary>The difference of two means, by Welch's t, which does not take their spreads for alike.</summary>
    public static Interval OfDifference(Moments values, Moments control)
    {
        var difference = values.Mean - control.Mean;
        var squaredError = values.SquaredError + control.SquaredError;
        if (values.Count < 2 || control.Count < 2)
        {
            return new Interval(difference, null, null);
        }

        var degrees = squaredError * squaredError / ((Math.Pow(values.SquaredError, 2) / (values.Count - 1)) + (Math.Pow(control.SquaredError, 2) / (control.Count - 1)));
        return squaredError > 0 ? Around(difference, Math.Sqrt(squaredError), degrees) : new Interval(difference, difference, difference);
    }

    private static Interval Around(double value, double error, double degrees)
    {
        var half = StudentT.InvCDF(0, 1, degrees, Upper) * error;
        return new Interval(value, value - half, value + half);
    }
}
