using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;

namespace Cost.Worker.Forecasts.Models;

/// <summary>By how much quantiles of few errors are widened: as Student's t is wider than a normal distribution. Worked out once for each half degree of freedom.</summary>
internal static class Widening
{
    private const double MostDegrees = 60;
    private const int Steps = 2;

    private static readonly ConcurrentDictionary<(int Degrees, double Probability), double> Known = new();

    public static double Of(double degrees, double probability) => Known.GetOrAdd(
        ((int)(Math.Clamp(degrees, 1, MostDegrees) * Steps), probability),
        static key => StudentT.InvCDF(0, 1, (double)key.Degrees / Steps, key.Probability) / Normal.InvCDF(0, 1, key.Probability));
}
