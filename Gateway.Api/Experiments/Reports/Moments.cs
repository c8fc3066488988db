namespace Gateway.Api.Experiments.Reports;

/// <summary>How many values there were, what they add up to, and their squares.</summary>
internal readonly record struct Moments(double Count, double Sum, double Squares)
{
    public double Mean => Sum / Count;

    /// <summary>Of the values, as far as a sample tells.</summary>
    public double Variance => Count > 1 ? Math.Max(0, (Squares - (Sum * Sum / Count)) / (Count - 1)) : 0;

    /// <summary>Of the mean.</summary>
    public double SquaredError => Variance / Count;
}
