namespace Cost.Worker.Forecasts.Models;

/// <summary>Figures that a few wild values do not move.</summary>
internal static class Robust
{
    // Of a normal distribution the median absolute deviation times this is the standard deviation.
    private const double DeviationOfNormal = 1.4826;

    public static double Median(ReadOnlySpan<double> values)
    {
        Span<double> sorted = values.Length <= 64 ? stackalloc double[values.Length] : new double[values.Length];
        values.CopyTo(sorted);
        sorted.Sort();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The standard deviation about zero, by the median of absolute values.</summary>
    public static double Deviation(ReadOnlySpan<double> errors)
    {
        var absolute = new double[errors.Length];
        for (var i = 0; i < errors.Length; i++)
        {
            absolute[i] = Math.Abs(errors[i]);
        }

        return DeviationOfNormal * Median(absolute);
    }
}
