using System.Runtime.CompilerServices;
using Gateway.Api.Batches.Lines;
using Gateway.Api.Batches.Storage;
using Gateway.Api.Configuration;
using Gateway.Api.Files;

namespace Gateway.Api.Batches.Runs;

/// <summary>The requests of a batch, read from its file as they are wanted.</summary>
internal sealed class BatchInput(IFileStore files, LiveConfiguration configuration)
{
    /// <summary>What a line has beside its request.</summary>
    private const int EnvelopeBytes = 16 * 1024;

    private int MostBytes => configuration.Current.Limits.MaxRequestBytes;

    /// <exception cref="EndOfStreamException">The file was deleted.</exception>
    public async IAsyncEnumerable<RawLine> ReadAsync(StoredBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var file = await files.FindAsync(batch.Tenant, batch.InputFileId, cancellationToken) ?? throw new EndOfStreamException($"The file {batch.InputFileId} was deleted.");
        await foreach (var line in LineReader.ReadAsync(files.Open(file), MostBytes + EnvelopeBytes, cancellationToken))
        {
            if (!line.IsBlank)
            {
                yield return line;
            }
        }
    }

    public BatchLine Parse(StoredBatch batch, RawLine line) => BatchLine.Read(line, batch.Endpoint, MostBytes);
}
