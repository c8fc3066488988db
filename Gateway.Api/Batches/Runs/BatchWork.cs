using Gateway.Api.Batches.Lines;
using Gateway.Api.Batches.Storage;
using Gateway.Api.Files;

namespace Gateway.Api.Batches.Runs;

/// <summary>The way of a batch, top down: validate its input, run its lines, make files of what came of them. Each step can be begun again where a process died in it.</summary>
internal sealed class BatchWork(BatchValidation validation, BatchLines lines, BatchOutput output, TimeProvider time)
{
    /// <summary>Whether the batch has come to its end; else the gateway is being stopped.</summary>
    public async Task<bool> RunAsync(BatchRun run)
    {
        var id = run.Batch.InputFileId;
        try
        {
            if (run.Batch.Total == 0)
            {
                await validation.RunAsync(run);
            }

            if (run.Batch is { HasEnded: false, Status: not BatchStatus.Finalizing })
            {
                await lines.RunAsync(run);
            }
        }
        catch (EndOfStreamException) when (run.Batch.Total == 0)
        {
            await validation.FailAsync(run, [LineFault.InputGone(id).AtBatch()]);
        }
        catch (EndOfStreamException)
        {
            var gone = LineFault.InputGone(id).AtBatch();
            await run.ChangeAsync(current => current.FailedAt is null ? current with { FailedAt = time.GetUtcNow(), Errors = [.. current.Errors, gone] } : current);
        }

        if (run.IsStopping)
        {
            return false;
        }

        if (!run.Batch.HasEnded)
        {
            await FinalizeAsync(run);
        }

        return true;
    }

    private async Task FinalizeAsync(BatchRun run)
    {
        await run.ChangeAsync(current => current.OutputFileId is null ? Begin(current, run.IsExpired) : current);
        var batch = run.Batch;
        var outputId = await output.WriteAsync(batch, isOutput: true, batch.OutputFileId!, run.GivenUp);
        var errorId = await output.WriteAsync(batch, isOutput: false, batch.ErrorFileId!, run.GivenUp);
        await run.ChangeAsync(current => current.HasEnded ? current : End(current) with { OutputFileId = outputId, ErrorFileId = errorId });
    }

    private StoredBatch Begin(StoredBatch batch, bool isExpired)
    {
        var now = time.GetUtcNow();
        var begun = batch with { OutputFileId = StoredFile.NewId(now), ErrorFileId = StoredFile.NewId(now) };
        return batch.Status == BatchStatus.Cancelling
            ? begun
            : begun with { Status = BatchStatus.Finalizing, FinalizingAt = now, ExpiredAt = isExpired ? now : null };
    }

    private StoredBatch End(StoredBatch batch)
    {
        var now = time.GetUtcNow();
        return batch.FailedAt is not null ? batch with { Status = BatchStatus.Failed }
            : batch.Status == BatchStatus.Cancelling ? batch with { Status = BatchStatus.Cancelled, CancelledAt = now }
            : batch.ExpiredAt is not null ? batch with { Status = BatchStatus.Expired }
            : batch with { Status = BatchStatus.Completed, CompletedAt = now };
    }
}
