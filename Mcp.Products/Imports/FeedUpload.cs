using Mcp.Products.Catalogue;
using Mcp.Products.Configuration;
using Mcp.Products.Feeds;

namespace Mcp.Products.Imports;

/// <summary>Takes feeds over that are sent, one at a time.</summary>
internal sealed class FeedUpload(CatalogueOptions options, IConfiguration configuration, TimeProvider time) : IDisposable
{
    private const int MostTold = 100;
    private const int BufferSize = 1 << 16;

    private readonly SemaphoreSlim _importing = new(1);

    /// <summary>Whether a feed that is taken over would be served: not where the configuration names a file to serve.</summary>
    public bool IsServed => options.File is not { Length: > 0 };

    /// <exception cref="InvalidDataException">The feed cannot be read, or nothing of it can be taken.</exception>
    /// <exception cref="IOException">It cannot be kept, or broke off.</exception>
    public async Task<ImportReport> RunAsync(Stream feed, ImportQuestion question, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();

        // Readers of feeds do not wait for a network; and what breaks off must not take the place of anything.
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await feed.CopyToAsync(file, cancellationToken);
        file.Position = 0;
        await _importing.WaitAsync(cancellationToken);
        try
        {
            var rows = new List<ImportReport.Row>();
            var import = new FeedImport(FeedReader.Read(file, question.Format, question.Settings), fault => Tell(rows, fault));
            await Task.Run(() => CatalogueTakeOver.RunAsync(import.Products(), options, configuration, cancellationToken), cancellationToken);
            return new ImportReport("catalogue.import", import.Taken, import.Skipped, rows, Math.Round(time.GetElapsedTime(begun).TotalSeconds, 3));
        }
        finally
        {
            _importing.Release();
        }
    }

    public void Dispose() => _importing.Dispose();

    private static void Tell(List<ImportReport.Row> rows, RowFault fault)
    {
        if (rows.Count < MostTold)
        {
            rows.Add(new ImportReport.Row(fault.Line, fault.Reason));
        }
    }
}
