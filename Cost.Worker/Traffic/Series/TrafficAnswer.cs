namespace Cost.Worker.Traffic.Series;

/// <param name="IsRestored">Whether what was before the worker's start is in it.</param>
internal sealed record TrafficAnswer(TrafficQuestion Question, bool IsRestored, IReadOnlyList<ShownSeries> Series);
