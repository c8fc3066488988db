namespace Gateway.Api.Experiments.Reports;

/// <summary>How much more a variant has than the control, with its 95 % confidence interval.</summary>
/// <param name="Significant">Whether the interval lies on one side of zero.</param>
internal sealed record ShownDifference(double Value, double? Low, double? High, bool Significant);
