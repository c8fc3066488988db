namespace Gateway.Api.Experiments.Reports;

/// <summary>What a report says of a variant; what nothing is known of is null.</summary>
/// <param name="Variant">As in <c>x-gateway-variant</c>.</param>
/// <param name="Requests">Those that were answered or failed; neither refused ones nor those that their callers gave up.</param>
/// <param name="LatencyMs">From the request's arrival to the end of its answer, of answers that were complete.</param>
/// <param name="CostUsd">For each request whose cost is known.</param>
/// <param name="Feedback">The mean score, from -1 to 1.</param>
internal sealed record ShownVariant(
    string Name, string Variant, bool IsControl, double Weight, long Requests, long Errors, ShownFigure? ErrorRate, ShownFigure? LatencyMs, ShownFigure? CostUsd, ShownFigure? Feedback);
