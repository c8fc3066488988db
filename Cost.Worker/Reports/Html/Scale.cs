namespace Cost.Worker.Reports.Html;

/// <summary>A vertical axis of dollars from a round number to a round number.</summary>
internal sealed class Scale
{
    private const int Ticks = 5;

    private readonly double _step;
    private readonly double _least;
    private readonly double _most;
    private readonly double _top;
    private readonly double _bottom;

    /// <param name="top">Where the greatest value is drawn.</param>
    /// <param name="bottom">Where the least is.</param>
    public Scale(double least, double most, double top, double bottom)
    {
        (_top, _bottom) = (top, bottom);
        _step = Round(Math.Max(1e-9, most - Math.Min(0, least)) / Ticks);
        _least = Math.Floor(Math.Min(0, least) / _step) * _step;
        _most = Math.Max(_step, Math.Ceiling(most / _step) * _step);
    }

    public double Y(double value) => _bottom - ((value - _least) / (_most - _least) * (_bottom - _top));

    /// <summary>The round values, from the least on.</summary>
    public IEnumerable<double> Values()
    {
        var count = (int)Math.Round((_most - _least) / _step);
        return Enumerable.Range(0, count + 1).Select(i => _least + (i * _step));
    }

    // 1, 2 or 5 times a power of ten.
    private static double Round(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        var first = step / power;
        return power * (first <= 1 ? 1 : first <= 2 ? 2 : first <= 5 ? 5 : 10);
    }
}
