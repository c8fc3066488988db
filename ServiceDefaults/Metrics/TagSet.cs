namespace ServiceDefaults.Metrics;

/// <summary>The tags of a measurement, in the order in which they came.</summary>
internal readonly record struct TagSet(KeyValuePair<string, object?>[] Tags);
