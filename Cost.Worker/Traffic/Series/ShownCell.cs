namespace Cost.Worker.Traffic.Series;

/// <summary>The figures of a step, or of all of them together.</summary>
internal sealed record ShownCell(
    long Requests, long Failed, IReadOnlyList<long> Errors, double? P50, double? P95, double? P99, double? FirstTokenP50, double? FirstTokenP95, double? FirstTokenP99,
    long InputTokens, long OutputTokens, decimal CostUsd)
{
    public static readonly ShownCell None = Of(new TrafficCell());

    public static ShownCell Of(TrafficCell cell) => new(
        cell.Requests, cell.Failed, [.. Enum.GetValues<ErrorKind>().Select(cell.ErrorsOf)],
        cell.Latency.Quantile(0.5), cell.Latency.Quantile(0.95), cell.Latency.Quantile(0.99),
        cell.FirstToken.Quantile(0.5), cell.FirstToken.Quantile(0.95), cell.FirstToken.Quantile(0.99),
        cell.InputTokens, cell.OutputTokens, cell.CostUsd);
}
