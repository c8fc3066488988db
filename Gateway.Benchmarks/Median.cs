namespace Gateway.Benchmarks;

internal static class Median
{
    public static double Of(IEnumerable<double> figures)
    {
        var ordered = figures.Order().ToList();
        return ordered.Count % 2 == 1 ? ordered[ordered.Count / 2] : (ordered[(ordered.Count / 2) - 1] + ordered[ordered.Count / 2]) / 2;
    }
}
