using System.Buffers;
using System.IO.Pipelines;
using Gateway.Api.Batches.Storage;
using Gateway.Api.Configuration;
using Gateway.Api.Files;

namespace Gateway.Api.Batches.Runs;

/// <summary>Makes files of what came of a batch's lines, in the order of the lines.</summary>
internal sealed class BatchOutput(IBatchStore store, IFileStore files, LiveConfiguration configuration, TimeProvider time)
{
    private const int ResultsAtOnce = 32;

    /// <summary>Null, and there is no file, where it would be empty.</summary>
    public async Task<string?> WriteAsync(StoredBatch batch, bool isOutput, string id, CancellationToken cancellationToken)
    {
        if (await CopyAsync(batch, isOutput, id, cancellationToken) is not (> 0 and var bytes))
        {
            await files.DeleteAsync(batch.Tenant, id, cancellationToken);
            return null;
        }

        var now = time.GetUtcNow();
        var lifetime = batch.OutputExpiresAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : configuration.Current.Files.Lifetime;
        await files.AddAsync(
            new StoredFile
            {
                Id = id,
                Tenant = batch.Tenant,
                Name = $"{batch.Id}_{(isOutput ? "output" : "error")}.jsonl",
                Purpose = FilePurpose.BatchOutput,
                Bytes = bytes,
                CreatedAt = now,
                ExpiresAt = now + lifetime,
            },
            cancellationToken);
        return id;
    }

    private async Task<long?> CopyAsync(StoredBatch batch, bool isOutput, string id, CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        var filling = FillAsync(batch, isOutput, pipe.Writer, cancellationToken);
        try
        {
            return await files.WriteAsync(batch.Tenant, id, pipe.Reader.AsStream(), long.MaxValue, cancellationToken);
        }
        finally
        {
            // Where the file could not be written nobody reads the pipe any more, and who fills it would wait for ever.
            await pipe.Reader.CompleteAsync();
            await filling;
        }
    }

    private async Task FillAsync(StoredBatch batch, bool isOutput, PipeWriter writer, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            for (var first = 1; first <= batch.Lines; first += ResultsAtOnce)
            {
                var results = await store.ReadResultsAsync(batch.Name, first, Math.Min(ResultsAtOnce, batch.Lines + 1 - first), cancellationToken);
                foreach (var result in results)
                {
                    if (result is { } line && line.IsOutput == isOutput)
                    {
                        writer.Write(line.Json.Span);
                        writer.Write("\n"u8);
                        if ((await writer.FlushAsync(cancellationToken)).IsCompleted)
                        {
                            return;
                        }
                    }
                }
            }
        }
        catch (Exception unreadable)
        {
            failure = unreadable;
            throw;
        }
        finally
        {
            await writer.CompleteAsync(failure);
        }
    }
}
