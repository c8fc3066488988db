using System.CommandLine;
using Cost.Worker.Forecasts;
using Cost.Worker.Ledger;
using Cost.Worker.Reports;
using ServiceDefaults.Commands;

namespace Cost.Worker.Commands;

/// <summary><c>report --month 2026-11 --by tenant,model --format text|html|md|json|csv</c></summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var month = new Option<string>("--month") { Description = "The month, in UTC, such as 2026-11.", HelpName = "YYYY-MM", Required = true };
        var by = new Option<string>("--by")
        {
            Description = $"What to group by, separated by commas: {string.Join(", ", Dimension.All.Select(one => one.Name))}.",
            HelpName = "NAMES",
            DefaultValueFactory = _ => "tenant,model",
        };
        var format = new Option<string>("--format") { Description = $"One of {ReportFormat.Allowed}.", HelpName = "FORMAT", DefaultValueFactory = _ => ReportFormat.All[0].Name };
        var budget = new Option<string?>("--budget") { Description = "What all together may spend in a month, in US dollars: the report says when it runs out.", HelpName = "USD" };
        var data = LedgerCommand.Data();
        month.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !PeriodText.TryParseMonth(token.Value, out _))
            {
                result.AddError($"--month is '{token.Value}'; it must be a month such as 2026-11.");
            }
        });
        by.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Dimension.TryParse(token.Value, out _, out var fault))
            {
                result.AddError($"--by: {fault}");
            }
        });
        format.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && ReportFormat.Find(token.Value) is null)
            {
                result.AddError($"--format is '{token.Value}'; it must be one of {ReportFormat.Allowed}.");
            }
        });

        budget.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !BudgetText.TryParse(token.Value, out _, out var fault))
            {
                result.AddError($"--budget: {fault}");
            }
        });

        var command = new Command("report", "Prints what was used and what it cost, and in its month what it is going to.") { month, by, format, budget, data };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(month), parsed.GetRequiredValue(by), parsed.GetRequiredValue(format), parsed.GetValue(budget), parsed.GetValue(data), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string month, string by, string format, string? budget, string? data, CancellationToken cancellationToken)
    {
        var configuration = LedgerCommand.Configuration(data);
        if (LedgerCommand.Missing(configuration) is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return CommandLine.Failed;
        }

        if (!PeriodText.TryParseMonth(month, out var period) || !Dimension.TryParse(by, out var dimensions, out _))
        {
            return CommandLine.NotUnderstood;
        }

        return await LedgerCommand.RunAsync(configuration, async ledger =>
        {
            using var forecaster = new SpendForecaster(ledger, TimeProvider.System);
            var monthlyBudget = budget is not null && BudgetText.TryParse(budget, out var usd, out _) ? usd : null;
            var report = await new ReportMaker(ledger, forecaster, TimeProvider.System).MakeAsync(period, dimensions, monthlyBudget, cancellationToken);
            using var output = Console.OpenStandardOutput();
            ReportFormat.Find(format)!.Write(output, report);
            return await WarnAsync(report.Usage.Notes);
        });
    }

    // The report is there, but it is not the whole truth: whoever reads exit codes has to know.
    private static async Task<int> WarnAsync(LedgerNotes notes)
    {
        if (notes.Unreadable.Count > 0)
        {
            await Console.Error.WriteLineAsync($"{notes.Unreadable.Count} records unreadable, in no sum: {string.Join(", ", notes.Unreadable)}");
        }

        foreach (var remark in notes.Remarks)
        {
            await Console.Error.WriteLineAsync(remark);
        }

        return notes.Unreadable.Count + notes.Remarks.Count == 0 ? CommandLine.Done : CommandLine.Failed;
    }
}
