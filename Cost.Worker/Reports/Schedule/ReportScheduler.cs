using Cost.Worker.Ledger;
using ServiceDefaults.Storage;

namespace Cost.Worker.Reports.Schedule;

/// <summary>Writes the reports that are due and not there yet: what a worker that was off has missed, the last of it, comes at its start.</summary>
internal sealed partial class ReportScheduler(IReadOnlyList<ScheduledReport> reports, ReportMaker maker, TimeProvider time, ILogger<ReportScheduler> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _failed = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(BetweenLooks, time);
        do
        {
            await WriteDueAsync(stoppingToken);
        }
        while (reports.Count > 0 && await tick.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task WriteDueAsync(CancellationToken cancellationToken)
    {
        foreach (var report in reports)
        {
            await WriteAsync(report, cancellationToken);
        }
    }

    private async Task WriteAsync(ScheduledReport scheduled, CancellationToken cancellationToken)
    {
        var day = scheduled.LastDay(time.GetUtcNow());
        var missing = scheduled.Formats.Where(format => !File.Exists(scheduled.PathOf(day, format))).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        try
        {
            var report = await maker.MakeAsync(ScheduledReport.PeriodOf(day), scheduled.By, scheduled.MonthlyBudgetUsd, cancellationToken);
            foreach (var format in missing)
            {
                Disk.Replace(scheduled.PathOf(day, format), stream => format.Write(stream, report), isPrivate: true);
            }

            _failed.Remove(scheduled.Name);
            LogWritten(scheduled.Name, scheduled.Folder);
        }
        catch (Exception failure) when (failure is LedgerUnavailableException or IOException or UnauthorizedAccessException)
        {
            // Tried again at each look; said once.
            if (_failed.Add(scheduled.Name))
            {
                LogFailed(scheduled.Name, scheduled.Folder, failure.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The report {Name} is written into {Folder}")]
    private partial void LogWritten(string name, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The report {Name} cannot be written into {Folder}; it is tried again every minute: {Reason}")]
    private partial void LogFailed(string name, string folder, string reason);
}
