using Cost.Worker.Configuration;
using Cost.Worker.Forecasts;
using Cost.Worker.Reports.Schedule;

namespace Cost.Worker.Reports;

internal static class ReportsRegistration
{
    /// <summary>Reports on demand, and those of the section <c>Reports</c>; a fault in that ends the start.</summary>
    public static void AddReports(this WebApplicationBuilder builder)
    {
        var options = ReportsOptionsValidator.Read(builder.Configuration);
        var scheduled = options.Schedule.Select(pair => ScheduledReport.Of(pair.Key, pair.Value, DataDirectory.Of(builder.Configuration))).ToList();
        var services = builder.Services;
        services.AddSingleton<SpendForecaster>();
        services.AddSingleton<ReportMaker>();
        services.AddSingleton<IReadOnlyList<ScheduledReport>>(scheduled);
        services.AddHostedService<ReportScheduler>();
    }
}
