using Cost.Worker.Access;
using Cost.Worker.Alerts;
using Cost.Worker.Forecasts;
using Cost.Worker.Intake;
using Cost.Worker.Ledger;
using Cost.Worker.Objectives;
using Cost.Worker.Reports;
using Cost.Worker.Requests;
using Cost.Worker.Traffic;
using Cost.Worker.Traffic.Series;
using ServiceDefaults.Correlation;
using ServiceDefaults.Health;
using ServiceDefaults.Metrics;

namespace Cost.Worker;

/// <summary>The worker's table of contents: usage comes in, is kept, reported, forecast, watched and shown.</summary>
public static class CostApplication
{
    public static void AddCost(this WebApplicationBuilder builder)
    {
        builder.AddAccess();
        builder.AddIntake();
        builder.Services.AddLedger(builder.Configuration);
        builder.AddReports();
        builder.AddTraffic();
        builder.Services.AddRequestLog();
        builder.AddAlerts();
        builder.AddObjectives();
    }

    public static void MapCost(this WebApplication app)
    {
        app.UseMiddleware<Correlation>();
        app.UseErrorReplies();
        app.UseAuthentication();
        app.UseAuthorization();

        // The open routes. Everything else wants the admin key.
        app.MapHealth();
        app.MapMetrics();
        app.MapUsage();
        app.MapForecasts();
        app.MapReports();
        app.MapAlerts();
        app.MapObjectives();
        app.MapTraffic();
        app.MapRequests();
    }
}
