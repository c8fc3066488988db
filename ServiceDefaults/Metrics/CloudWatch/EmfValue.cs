namespace ServiceDefaults.Metrics.CloudWatch;

/// <summary>What one metric has to tell since it was told last.</summary>
/// <param name="Unit">One of CloudWatch's units.</param>
/// <param name="Number">The value, where it is no distribution.</param>
internal readonly record struct EmfValue(string Name, string Unit, double Number, EmfDistribution? Distribution);
