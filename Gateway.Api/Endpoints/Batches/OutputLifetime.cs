namespace Gateway.Api.Endpoints.Batches;

/// <param name="Anchor"><c>created_at</c>: when the file was made.</param>
/// <param name="Seconds">3,600 (1 hour) to 2,592,000 (30 days).</param>
internal sealed record OutputLifetime(string? Anchor = null, int? Seconds = null);
