namespace Gateway.Api.Batches.Storage;

/// <summary>The right to work on a batch, until another process takes it over.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Fence">Goes up by one with each process that takes the batch; what an earlier one still writes is refused by it.</param>
internal readonly record struct BatchLease(BatchName Batch, long Fence);
