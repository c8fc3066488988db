namespace Cost.Worker.Traffic.Series;

/// <summary>How long requests took, counted in steps of 10 %, so that a quantile is right to 5 %. Takes no room but for the steps between the shortest and the longest.</summary>
internal sealed class LatencyHistogram
{
    private const double ShortestMicroseconds = 100;
    private const double Growth = 1.1;

    // More than an hour.
    private const int LastStep = 185;

    private static readonly double LogOfGrowth = Math.Log(Growth);

    private int _first;
    private int[] _counts = [];
    private long _total;

    public void Add(long microseconds) => Add(StepOf(microseconds), 1);

    public void AddAll(LatencyHistogram other)
    {
        for (var i = 0; i < other._counts.Length; i++)
        {
            if (other._counts[i] > 0)
            {
                Add(other._first + i, other._counts[i]);
            }
        }
    }

    /// <summary>In milliseconds; null where there is none.</summary>
    public double? Quantile(double share)
    {
        var left = (long)Math.Ceiling(share * _total);
        for (var i = 0; i < _counts.Length; i++)
        {
            left -= _counts[i];
            if (left <= 0 && _counts[i] > 0)
            {
                return MillisecondsOf(_first + i);
            }
        }

        return null;
    }

    private static int StepOf(long microseconds) =>
        microseconds <= ShortestMicroseconds ? 0 : Math.Min(LastStep, (int)Math.Ceiling(Math.Log(microseconds / ShortestMicroseconds) / LogOfGrowth));

    // The middle of the step, as far from its shortest as from its longest.
    private static double MillisecondsOf(int step) => ShortestMicroseconds * Math.Pow(Growth, step - 0.5) / 1_000;

    private void Add(int step, int count)
    {
        if (_counts.Length == 0)
        {
            (_first, _counts) = (step, [count]);
        }
        else
        {
            MakeRoomFor(step);
            _counts[step - _first] += count;
        }

        _total += count;
    }

    private void MakeRoomFor(int step)
    {
        var first = Math.Min(step, _first);
        var length = Math.Max(step + 1, _first + _counts.Length) - first;
        if (length > _counts.Length)
        {
            var counts = new int[length];
            _counts.CopyTo(counts, _first - first);
            (_first, _counts) = (first, counts);
        }
    }
}
