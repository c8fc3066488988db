namespace Gateway.Api.Endpoints.Batches;

/// <summary>How many requests a batch has, and how many of them were answered, or failed.</summary>
internal sealed record RequestCounts(int Total, int Completed, int Failed);
