using System.CommandLine;
using Cost.Worker.Ledger;
using Cost.Worker.Reports;
using ServiceDefaults.Commands;

namespace Cost.Worker.Commands;

/// <summary><c>rebuild [--month 2026-11]</c></summary>
internal static class RebuildCommand
{
    public static Command Create()
    {
        var month = new Option<string?>("--month") { Description = "Only this month, in UTC, such as 2026-11 (default: all).", HelpName = "YYYY-MM" };
        var data = LedgerCommand.Data();
        month.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !PeriodText.TryParseMonth(token.Value, out _))
            {
                result.AddError($"--month is '{token.Value}'; it must be a month such as 2026-11.");
            }
        });

        var command = new Command("rebuild", "Works the sums out anew from the records. The worker must not be running.") { month, data };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(month), parsed.GetValue(data), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? month, string? data, CancellationToken cancellationToken)
    {
        var configuration = LedgerCommand.Configuration(data);
        if (LedgerCommand.Missing(configuration) is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return CommandLine.Failed;
        }

        UsagePeriod? period = month is not null && PeriodText.TryParseMonth(month, out var parsed) ? parsed : null;
        return await LedgerCommand.RunAsync(configuration, async ledger =>
        {
            await ledger.OpenAsync(cancellationToken);
            var days = await ledger.RebuildAsync(period, cancellationToken);
            await Console.Out.WriteLineAsync($"Worked out anew: {days} {(days == 1 ? "day" : "days")}.");
            return CommandLine.Done;
        });
    }
}
