namespace Gateway.Api.Experiments.Reports;

/// <summary>A value, and between what it lies with 95 % confidence; the bounds are null where the sample says nothing of them.</summary>
internal readonly record struct Interval(double Value, double? Low, double? High)
{
    /// <summary>Whether it lies on one side of zero, whatever it is.</summary>
    public bool ExcludesZero => Low > 0 || High < 0;
}
