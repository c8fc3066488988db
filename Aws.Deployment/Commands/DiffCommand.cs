using System.CommandLine;
using Aws.Deployment.Estimate;
using Aws.Deployment.Estimate.Differences;
using Aws.Deployment.Estimate.Prices;
using Aws.Deployment.Estimate.Templates;
using Aws.Deployment.Estimate.Usage;
using ServiceDefaults.Commands;

namespace Aws.Deployment.Commands;

/// <summary><c>diff --environment NAME --before DIR --after DIR [--usage FILE] [--prices FILE]</c></summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var environment = new EnvironmentArguments();
        var (usage, prices) = (EstimateCommand.UsageArgument(), EstimateCommand.PricesArgument());
        var before = new Option<string>("--before") { Description = "A folder of templates, such as publish wrote.", HelpName = "DIR", Required = true };
        var after = new Option<string>("--after") { Description = "The folder to compare it with.", HelpName = "DIR", Required = true };
        var command = new Command("diff", "Says as Markdown which resources change between two sets of templates, and what that does to the bill.") { before, after, usage, prices };
        environment.AddTo(command);
        command.SetAction((parsed, _) => EnvironmentCommand.RunAsync(async () =>
        {
            var options = environment.Read(parsed);
            var assumptions = UsageFile.Read(parsed.GetValue(usage) ?? UsageFile.Default, options.Environment);
            var sheet = parsed.GetValue(prices) is { } file ? PriceSheet.Read(file) : PriceSheet.Snapshot();
            var (old, now) = (TemplateSet.Read(parsed.GetRequiredValue(before)), TemplateSet.Read(parsed.GetRequiredValue(after)));
            await Console.Out.WriteLineAsync(DifferenceMarkdown.Of(TemplateDifference.Of(old, now), EstimateOf(old), EstimateOf(now)));
            return CommandLine.Done;

            CostEstimate EstimateOf(TemplateSet templates) => CostEstimate.Of(templates, assumptions, sheet, options.Environment, options.Region);
        }));
        return command;
    }
}
