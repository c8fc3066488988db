using System.CommandLine;
using Cost.Worker.Ledger;
using Cost.Worker.Reports;
using ServiceDefaults.Commands;

namespace Cost.Worker.Commands;

/// <summary><c>report --month 2026-11 --by tenant,model --format text|json|csv</c></summary>
internal static class ReportCommand
{
    private static readonly string[] Formats = ["text", "json", "csv"];

    public static Command Create()
    {
        var month = new Option<string>("--month") { Description = "The month, in UTC, such as 2026-11.", HelpName = "YYYY-MM", Required = true };
        var by = new Option<string>("--by")
        {
            Description = $"What to group by, separated by commas: {string.Join(", ", Dimension.All.Select(one => one.Name))}.",
            HelpName = "NAMES",
            DefaultValueFactory = _ => "tenant,model",
        };
        var format = new Option<string>("--format") { Description = $"One of {string.Join(", ", Formats)}.", HelpName = "FORMAT", DefaultValueFactory = _ => Formats[0] };
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
            if (result.Tokens is [var token] && !Formats.Contains(token.Value, StringComparer.Ordinal))
            {
                result.AddError($"--format is '{token.Value}'; it must be one of {string.Join(", ", Formats)}.");
            }
        });

        var command = new Command("report", "Prints what was used and what it cost.") { month, by, format, data };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(month), parsed.GetRequiredValue(by), parsed.GetRequiredValue(format), parsed.GetValue(data), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string month, string by, string format, string? data, CancellationToken cancellationToken)
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
            var report = await ReportBuilder.BuildAsync(ledger, period, dimensions, cancellationToken);
            Write(report, format);
            return await WarnAsync(report.Notes);
        });
    }

    private static void Write(UsageReport report, string format)
    {
        using var output = Console.OpenStandardOutput();
        using var text = new StreamWriter(output);
        switch (format)
        {
            case "json":
                JsonReport.Write(output, report);
                text.Write('\n');
                break;
            case "csv":
                CsvReport.Write(text, report);
                break;
            default:
                TextReport.Write(text, report);
                break;
        }
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
