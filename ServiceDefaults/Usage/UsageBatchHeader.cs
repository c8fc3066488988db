namespace ServiceDefaults.Usage;

/// <summary>The first line of a batch: which part of a journal it covers.</summary>
/// <param name="Journal">The journal's id.</param>
/// <param name="First">The first sequence number that the batch covers.</param>
/// <param name="Last">The last one. Where a damaged journal lost events between them, their numbers are covered all the same.</param>
public sealed record UsageBatchHeader(string Journal, long First, long Last);
