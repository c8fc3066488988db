namespace ServiceDefaults.Metrics;

/// <summary>What may be made of an instrument's numbers.</summary>
internal enum MetricKind
{
    /// <summary>A sum that only grows.</summary>
    Counter,

    /// <summary>A value of the moment.</summary>
    Gauge,

    Histogram,
}
