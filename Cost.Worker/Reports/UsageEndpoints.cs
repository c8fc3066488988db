using Cost.Worker.Access;
using Cost.Worker.Ledger;

namespace Cost.Worker.Reports;

internal static class UsageEndpoints
{
    private const string DefaultBy = "tenant,model";

    public static void MapUsage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/usage", ReportAsync);
    }

    // GET /usage?from=2026-11-01&to=2026-11-30&by=tenant,model
    private static async Task ReportAsync(HttpContext context, IUsageLedger ledger, TimeProvider time)
    {
        var query = context.Request.Query;
        if (!PeriodText.TryParse(query["from"].FirstOrDefault(), query["to"].FirstOrDefault(), time.GetUtcNow(), out var period, out var param, out var fault))
        {
            await ErrorReply.WriteAsync(context, StatusCodes.Status400BadRequest, fault, param);
            return;
        }

        if (!Dimension.TryParse(query["by"].FirstOrDefault() ?? DefaultBy, out var by, out fault))
        {
            await ErrorReply.WriteAsync(context, StatusCodes.Status400BadRequest, fault, "by");
            return;
        }

        UsageReport report;
        try
        {
            report = await ReportBuilder.BuildAsync(ledger, period, by, context.RequestAborted);
        }
        catch (LedgerUnavailableException)
        {
            // Why is in the log and the health checks; paths are nobody else's business.
            await ErrorReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The ledger cannot be read at present.");
            return;
        }

        context.Response.ContentType = "application/json";
        using var body = new MemoryStream();
        JsonReport.Write(body, report);
        body.Position = 0;
        await body.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
