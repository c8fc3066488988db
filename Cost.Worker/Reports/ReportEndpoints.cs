using Cost.Worker.Access;
using Cost.Worker.Ledger;

namespace Cost.Worker.Reports;

internal static class ReportEndpoints
{
    // The page needs nothing but its own style; were a name ever not escaped, no browser would run it.
    private const string PagePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/report", ReportAsync);
    }

    // GET /report?month=2026-11&by=tenant,model&format=html&budget_usd=500, or from and to as at /usage
    private static async Task ReportAsync(HttpContext context, ReportMaker maker, TimeProvider time)
    {
        var query = context.Request.Query;
        if (!TryParsePeriod(query, time.GetUtcNow(), out var period, out var param, out var fault)
            || !TryParseRest(query, out var by, out var format, out var budget, out param, out fault))
        {
            await ErrorReply.WriteAsync(context, StatusCodes.Status400BadRequest, fault, param);
            return;
        }

        using var body = new MemoryStream();
        try
        {
            format.Write(body, await maker.MakeAsync(period, by, budget, context.RequestAborted));
        }
        catch (LedgerUnavailableException)
        {
            await ErrorReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The ledger cannot be read at present.");
            return;
        }

        context.Response.ContentType = format.ContentType;
        context.Response.Headers.ContentSecurityPolicy = PagePolicy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        body.Position = 0;
        await body.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static bool TryParsePeriod(IQueryCollection query, DateTimeOffset now, out UsagePeriod period, out string param, out string fault)
    {
        var (month, from, to) = (query["month"].FirstOrDefault(), query["from"].FirstOrDefault(), query["to"].FirstOrDefault());
        if (month is null)
        {
            return PeriodText.TryParse(from, to, now, out period, out param, out fault);
        }

        param = "month";
        var isMonth = PeriodText.TryParseMonth(month, out period);
        fault = !isMonth ? $"'{month}' is no month such as 2026-11."
            : from is not null || to is not null ? "Ask for a month, or for from and to."
            : "";
        return fault.Length == 0;
    }

    private static bool TryParseRest(
        IQueryCollection query, out IReadOnlyList<Dimension> by, out ReportFormat format, out decimal? budget, out string param, out string fault)
    {
        (format, budget, param) = (ReportFormat.Find("html")!, null, "by");
        if (!Dimension.TryParse(query["by"].FirstOrDefault() ?? "tenant,model", out by, out fault))
        {
            return false;
        }

        if (query["format"].FirstOrDefault() is { } name)
        {
            param = "format";
            if (ReportFormat.Find(name) is not { } found)
            {
                fault = $"'{name}' is no format; allowed: {ReportFormat.Allowed}.";
                return false;
            }

            format = found;
        }

        param = "budget_usd";
        return query["budget_usd"].FirstOrDefault() is not { } text || BudgetText.TryParse(text, out budget, out fault);
    }
}
