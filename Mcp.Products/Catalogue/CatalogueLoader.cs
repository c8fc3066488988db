using Mcp.Products.Configuration;
using Mcp.Products.Feeds;

namespace Mcp.Products.Catalogue;

/// <summary>Fills the index before the server listens, and again whenever its file has changed; the old catalogue is served meanwhile.</summary>
internal sealed partial class CatalogueLoader(IProductIndex index, CatalogueOptions options, string data, TimeProvider time, ILogger<CatalogueLoader> logger) : BackgroundService
{
    private const int MostTold = 20;

    private (string Path, long Length, DateTime Written) _loaded;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var source = CatalogueSource.Of(options, data);
        _loaded = source.Stamp();

        // A database keeps what was imported into it.
        if (options.UsesMemory || options.File is not null || await index.VersionAsync(cancellationToken) == IProductIndex.NoVersion)
        {
            await LoadAsync(source, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.UsesMemory && options.File is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.ReloadSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var source = CatalogueSource.Of(options, data);
            if (source.Stamp() is var stamp && stamp != _loaded)
            {
                _loaded = stamp;
                await ReloadAsync(source, stoppingToken);
            }
        }
    }

    private async Task ReloadAsync(CatalogueSource source, CancellationToken cancellationToken)
    {
        try
        {
            await LoadAsync(source, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            LogNotReloaded(logger, source.Path, exception.Message);
        }
    }

    private async Task LoadAsync(CatalogueSource source, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var skipped = 0;
        var products = ReadAhead.Of(source.Read(fault => Tell(fault, ++skipped)), cancellationToken);
        var count = await index.ReplaceAsync(products, cancellationToken);
        var seconds = time.GetElapsedTime(begun).TotalSeconds;
        LogLoaded(logger, count, source.Path, seconds, skipped);
    }

    private void Tell(RowFault fault, int number)
    {
        if (number <= MostTold)
        {
            LogSkipped(logger, fault.Line, fault.Reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} products of {Path} are served; indexed in {Seconds:N1} s, {Skipped} rows left out")]
    private static partial void LogLoaded(ILogger logger, int count, string path, double seconds, int skipped);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Line {Line} of the catalogue is left out: {Reason}")]
    private static partial void LogSkipped(ILogger logger, long line, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} has changed and cannot be read; the catalogue before it is still served. {Reason}")]
    private static partial void LogNotReloaded(ILogger logger, string path, string reason);
}
