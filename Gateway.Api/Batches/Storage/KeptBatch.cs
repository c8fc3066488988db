namespace Gateway.Api.Batches.Storage;

/// <summary>A batch as it is written to disk; the counts are of one that has ended.</summary>
internal sealed record KeptBatch(StoredBatch Batch, int Completed, int Failed);
