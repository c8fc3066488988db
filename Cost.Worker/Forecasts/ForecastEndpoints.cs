using Cost.Worker.Access;
using Cost.Worker.Ledger;
using Cost.Worker.Reports;

namespace Cost.Worker.Forecasts;

internal static class ForecastEndpoints
{
    private const string DefaultBy = "tenant";

    public static void MapForecasts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/forecast", ForecastAsync);
    }

    // GET /forecast?by=tenant&budget_usd=500
    private static async Task ForecastAsync(HttpContext context, SpendForecaster forecaster)
    {
        var query = context.Request.Query;
        if (!Dimension.TryParse(query["by"].FirstOrDefault() ?? DefaultBy, Dimension.OfForecasts, out var by, out var fault))
        {
            await ErrorReply.WriteAsync(context, StatusCodes.Status400BadRequest, fault, "by");
            return;
        }

        decimal? budget = null;
        if (query["budget_usd"].FirstOrDefault() is { } text && !BudgetText.TryParse(text, out budget, out fault))
        {
            await ErrorReply.WriteAsync(context, StatusCodes.Status400BadRequest, fault, "budget_usd");
            return;
        }

        SpendForecast forecast;
        try
        {
            forecast = await forecaster.ForecastAsync(by, context.RequestAborted);
        }
        catch (LedgerUnavailableException)
        {
            await ErrorReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The ledger cannot be read at present.");
            return;
        }

        context.Response.ContentType = "application/json";
        using var body = new MemoryStream();
        JsonForecast.Write(body, forecast, budget);
        body.Position = 0;
        await body.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
