using Cost.Worker.Access;
using Cost.Worker.Forecasts;
using Cost.Worker.Intake;
using Cost.Worker.Ledger;
using Cost.Worker.Reports;
using ServiceDefaults.Correlation;
using ServiceDefaults.Health;
using ServiceDefaults.Metrics;

namespace Cost.Worker;

/// <summary>The worker's table of contents: usage comes in, is kept, is reported, and forecast.</summary>
public static class CostApplication
{
    public static void AddCost(this WebApplicationBuilder builder)
    {
        builder.AddAccess();
        builder.AddIntake();
        builder.Services.AddLedger(builder.Configuration);
        builder.AddReports();
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
    }
}
