namespace Gateway.Tests.Metrics;

/// <param name="Text">All but the value.</param>
internal sealed record ScrapedSample(string Text, string Name, IReadOnlyDictionary<string, string> Labels, double Value);
