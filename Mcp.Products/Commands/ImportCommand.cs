using System.CommandLine;
using Mcp.Products.Configuration;
using Mcp.Products.Feeds;
using Mcp.Products.Imports;
using ServiceDefaults.Commands;

namespace Mcp.Products.Commands;

/// <summary><c>import FILE [--format NAME] [--map column=field] [--mapping FILE] [--currency USD]</c></summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = FeedCommand.File("The feed to take over. It takes the place of the whole catalogue; a running server changes over by itself.");
        var format = FeedCommand.Format(FeedFormats.Read);
        var map = new Option<string[]>("--map")
        {
            Description = "What a column is, such as price_usd=price; to be given for each. Columns that nobody knows are specifications.",
            HelpName = "COLUMN=FIELD",
            DefaultValueFactory = _ => [],
        };
        var mapping = new Option<FileInfo?>("--mapping") { Description = "A file with a COLUMN=FIELD a line.", HelpName = "FILE" };
        var currency = new Option<string>("--currency") { Description = "The currency of prices that name none.", HelpName = "USD", DefaultValueFactory = _ => FeedSettings.Default.Currency };
        var data = FeedCommand.Data();
        map.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !ColumnMap.IsPair(token.Value)))
            {
                result.AddError($"--map is '{token.Value}'; it must be COLUMN=FIELD, such as price_usd=price.");
            }
        });
        currency.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Currencies.IsValid(token.Value))
            {
                result.AddError($"--currency is '{token.Value}'; it must be three letters as ISO 4217 has them, such as USD.");
            }
        });

        var command = new Command("import", "Takes a feed over as the catalogue.") { file, format, map, mapping, currency, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (FeedCommand.FormatOf(parsed.GetValue(format), path) is not { } known || known is FeedFormat.JsonLd)
            {
                await Console.Error.WriteLineAsync(FeedCommand.Unnamed(path, FeedFormats.Read));
                return CommandLine.NotUnderstood;
            }

            try
            {
                var settings = new FeedSettings { Currency = parsed.GetRequiredValue(currency).ToUpperInvariant(), Map = ColumnMap.Of(parsed.GetRequiredValue(map), parsed.GetValue(mapping)) };
                return await RunAsync(path, known, settings, FeedCommand.Configuration(parsed.GetValue(data)), cancellationToken);
            }
            catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"{path} was not taken over. {failure.Message}");
                return CommandLine.Failed;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(string path, FeedFormat format, FeedSettings settings, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var options = CatalogueOptionsValidator.Read(configuration);
        var progress = new ImportProgress(Console.Error, TimeProvider.System);
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        var import = new FeedImport(FeedReader.Read(stream, format, settings), progress.Skipped);
        var products = progress.Watch(import.Products(), cancellationToken);
        await CatalogueTakeOver.RunAsync(products, options, configuration, cancellationToken);
        await Console.Out.WriteLineAsync(progress.Summary(import));

        // The catalogue is there, but it is not all of the feed: whoever reads exit codes has to know.
        return import.Skipped == 0 ? CommandLine.Done : CommandLine.Failed;
    }
}
