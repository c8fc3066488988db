using System.CommandLine;
using System.Globalization;
using Mcp.Products.Catalogue;
using Mcp.Products.Configuration;
using Mcp.Products.Feeds;
using ServiceDefaults.Commands;
using ServiceDefaults.Storage;

namespace Mcp.Products.Commands;

/// <summary><c>export FILE [--format NAME]</c></summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var file = FeedCommand.File("Where to write the catalogue to.");
        var format = FeedCommand.Format(FeedFormats.Written);
        var data = FeedCommand.Data();
        var command = new Command("export", "Writes the catalogue as a feed, or as schema.org's JSON-LD.") { file, format, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (FeedCommand.FormatOf(parsed.GetValue(format), path) is not { } known)
            {
                await Console.Error.WriteLineAsync(FeedCommand.Unnamed(path, FeedFormats.Written));
                return CommandLine.NotUnderstood;
            }

            try
            {
                return await RunAsync(Path.GetFullPath(path), known, FeedCommand.Configuration(parsed.GetValue(data)), cancellationToken);
            }
            catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"{path} was not written. {failure.Message}");
                return CommandLine.Failed;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(string path, FeedFormat format, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var options = CatalogueOptionsValidator.Read(configuration);
        var count = 0;
        if (options.UsesMemory)
        {
            Disk.Replace(path, stream => count = FeedWriter.Write(stream, format, CatalogueSource.Of(options, DataDirectory.Of(configuration)).Read(_ => { })));
        }
        else
        {
            await using var index = CatalogueRegistration.Create(options, configuration);
            Disk.Replace(path, stream => count = FeedWriter.Write(stream, format, index.ListAsync(cancellationToken).ToBlockingEnumerable(cancellationToken)));
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count:N0} products written to {path}."));
        return CommandLine.Done;
    }
}
