namespace Gateway.Benchmarks.Scale.Model;

/// <param name="RequestsPerSecond">What is answered.</param>
/// <param name="P50Milliseconds">Half of the requests take at most so long.</param>
/// <param name="P99Milliseconds">99 of 100 take at most so long.</param>
/// <param name="MessagesOfRequest">How many messages of the limits Redis gets for a request.</param>
/// <param name="Utilization">How busy the busiest of each kind is, 0 to 1.</param>
internal sealed record Prediction(double RequestsPerSecond, double P50Milliseconds, double P99Milliseconds, double MessagesOfRequest, IReadOnlyDictionary<string, double> Utilization)
{
    /// <summary>What is the busiest.</summary>
    public string Bottleneck => Utilization.MaxBy(kind => kind.Value).Key;
}
