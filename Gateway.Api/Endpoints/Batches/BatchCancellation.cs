using Gateway.Api.Batches;
using Gateway.Api.Batches.Runs;
using Gateway.Api.Batches.Storage;
using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Endpoints.Batches;

/// <summary>Cancels a batch, whoever asks for it.</summary>
internal sealed class BatchCancellation(IBatchStore store, BatchRunner runner, TimeProvider time)
{
    /// <param name="id">The batch's.</param>
    /// <param name="find">Looks the batch up, again where it went on meanwhile; null where there is none.</param>
    /// <param name="show">How it is shown.</param>
    /// <param name="cancellationToken">Who asks left.</param>
    public async Task<Results<Ok<ShownBatch>, RefusalResult>> CancelAsync(string id, Func<Task<StoredBatch?>> find, Func<StoredBatch, ShownBatch> show, CancellationToken cancellationToken)
    {
        while (await find() is { } batch)
        {
            switch (batch.Status)
            {
                case BatchStatus.Cancelling or BatchStatus.Cancelled:
                    return TypedResults.Ok(show(batch));
                case BatchStatus.Validating or BatchStatus.InProgress:
                    var cancelling = batch with { Status = BatchStatus.Cancelling, CancellingAt = time.GetUtcNow() };
                    if (await store.TryChangeAsync(cancelling, cancellationToken))
                    {
                        await runner.LookAtAsync(batch.Name);
                        return TypedResults.Ok(show(cancelling));
                    }

                    // It went on meanwhile.
                    break;
                default:
                    return new RefusalResult(BatchRefusals.CannotCancel(batch.Status));
            }
        }

        return new RefusalResult(BatchRefusals.NotFound(id));
    }
}
