using System.CommandLine;
using Aws.Deployment.Estimate;
using Aws.Deployment.Estimate.Prices;
using Aws.Deployment.Estimate.Reports;
using Aws.Deployment.Estimate.Templates;
using Aws.Deployment.Estimate.Usage;
using ServiceDefaults.Commands;

namespace Aws.Deployment.Commands;

/// <summary><c>estimate --environment NAME [--templates DIR] [--usage FILE] [--prices FILE] [--refresh] [--format text|markdown|json]</c></summary>
internal static class EstimateCommand
{
    private static readonly string[] Formats = ["text", "markdown", "json"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static Command Create()
    {
        var environment = new EnvironmentArguments();
        var (usage, prices) = (UsageArgument(), PricesArgument());
        var templates = new Option<string?>("--templates") { Description = "A folder of templates, such as publish wrote (default: they are made anew).", HelpName = "DIR" };
        var refresh = new Option<bool>("--refresh") { Description = "Asks AWS's price list for the region's prices first, and keeps them in the file of --prices." };
        var format = new Option<string>("--format") { Description = $"One of {string.Join(", ", Formats)}.", HelpName = "FORMAT", DefaultValueFactory = _ => Formats[0] };
        format.AcceptOnly(Formats);
        var command = new Command("estimate", "Says what an environment costs in a month, before it is deployed.") { templates, usage, prices, refresh, format };
        environment.AddTo(command);
        command.SetAction((parsed, cancellationToken) => EnvironmentCommand.RunAsync(async () =>
        {
            var options = environment.Read(parsed);
            var assumptions = UsageFile.Read(parsed.GetValue(usage) ?? UsageFile.Default, options.Environment);
            var sheet = await SheetAsync(parsed.GetValue(prices), parsed.GetValue(refresh), options.Region, cancellationToken);
            var set = parsed.GetValue(templates) is { } folder ? TemplateSet.Read(folder) : SynthesizedTemplates.Of(options);
            var estimate = CostEstimate.Of(set, assumptions, sheet.Sheet, options.Environment, options.Region);
            await Console.Out.WriteLineAsync(parsed.GetRequiredValue(format) switch
            {
                "markdown" => EstimateMarkdown.Of(estimate),
                "json" => EstimateJson.Of(estimate),
                _ => EstimateText.Of(estimate),
            });
            foreach (var fault in sheet.Faults)
            {
                await Console.Error.WriteLineAsync($"Not refreshed: {fault}");
            }

            return sheet.Faults.Count == 0 ? CommandLine.Done : CommandLine.Failed;
        }));
        return command;
    }

    public static Option<string?> UsageArgument() => new("--usage") { Description = "A file of assumptions (default: the tool's own; docs/costs-on-aws.md).", HelpName = "FILE" };

    public static Option<string?> PricesArgument() => new("--prices") { Description = "A file of prices (default: the tool's own).", HelpName = "FILE" };

    private static async Task<PriceRefresh> SheetAsync(string? file, bool isRefreshed, string region, CancellationToken cancellationToken)
    {
        var sheet = file is not null && (!isRefreshed || File.Exists(file)) ? PriceSheet.Read(file) : PriceSheet.Snapshot();
        if (!isRefreshed)
        {
            return new PriceRefresh(sheet, []);
        }

        using var http = new HttpClient { BaseAddress = PriceList.Address, Timeout = Patience };
        var refreshed = await new PriceList(http).RefreshAsync(sheet, region, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), cancellationToken);
        if (file is not null)
        {
            refreshed.Sheet.Write(file);
        }

        return refreshed;
    }
}
