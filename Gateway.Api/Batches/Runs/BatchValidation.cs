using Gateway.Api.Batches.Lines;
using Gateway.Api.Batches.Storage;
using Gateway.Api.Configuration;

namespace Gateway.Api.Batches.Runs;

/// <summary>Reads the whole input once: counts its requests, and sets aside the lines that cannot be run.</summary>
internal sealed class BatchValidation(BatchInput input, LiveConfiguration configuration, TimeProvider time)
{
    /// <summary>How many faulty lines are named in the batch itself; the error file has all.</summary>
    private const int MostErrors = 100;

    public async Task RunAsync(BatchRun run)
    {
        var batch = run.Batch;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var errors = new List<BatchError>();
        var (lines, total, faulty) = (0, 0, 0);
        var most = configuration.Current.Batches.MaxRequests;
        await foreach (var raw in input.ReadAsync(batch, run.GivenUp))
        {
            lines = raw.Number;
            if (++total > most)
            {
                await FailAsync(run, [LineFault.TooMany(most).AtBatch()]);
                return;
            }

            var line = input.Parse(batch, raw);
            var isDuplicate = line.CustomId is not null && !ids.Add(line.CustomId);
            if ((line.Fault ?? (isDuplicate ? LineFault.DuplicateId(line.CustomId!) : null)) is { } fault)
            {
                faulty++;
                await run.AddResultAsync(raw.Number, LineResults.Of(batch.RequestIdOf(raw.Number), line.CustomId, fault, raw.Number));
                if (errors.Count < MostErrors)
                {
                    errors.Add(fault.AtLine(raw.Number));
                }
            }
        }

        if (faulty == total)
        {
            await FailAsync(run, total == 0 ? [LineFault.Empty.AtBatch()] : errors, total);
            return;
        }

        await run.ChangeAsync(current => current.Status switch
        {
            BatchStatus.Validating => current with { Status = BatchStatus.InProgress, InProgressAt = time.GetUtcNow(), Lines = lines, Total = total, Errors = errors },
            BatchStatus.Cancelling when current.Total == 0 => current with { Lines = lines, Total = total, Errors = errors },
            _ => current,
        });
    }

    /// <summary>Ends a batch of which no line was run.</summary>
    public Task FailAsync(BatchRun run, IReadOnlyList<BatchError> errors, int total = 0) =>
        run.ChangeAsync(current => current.HasEnded ? current : current with { Status = BatchStatus.Failed, FailedAt = time.GetUtcNow(), Total = total, Errors = errors });
}
