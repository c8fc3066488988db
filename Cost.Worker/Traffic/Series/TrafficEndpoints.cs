using System.Globalization;
using Cost.Worker.Access;
using Cost.Worker.Reports;

namespace Cost.Worker.Traffic.Series;

internal static class TrafficEndpoints
{
    public static void MapTraffic(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/traffic", ShowAsync);
    }

    // GET /traffic?from=2026-11-21T08:00:00Z&to=2026-11-21T09:00:00Z&step=minute&by=alias
    private static async Task ShowAsync(HttpContext http, TrafficBook book, TimeProvider time)
    {
        if (CsvTable.IsAskedFor(http.Request) is not { } isCsv)
        {
            await ErrorReply.WriteAsync(http, StatusCodes.Status400BadRequest, "'format' must be json or csv.", "format");
            return;
        }

        if (TrafficQuestion.TryRead(http.Request.Query, time.GetUtcNow(), out var param, out var fault) is not { } question)
        {
            await ErrorReply.WriteAsync(http, StatusCodes.Status400BadRequest, fault, param);
            return;
        }

        var answer = book.Ask(question);
        if (isCsv)
        {
            TrafficMeasure[] measures = [.. TrafficMeasure.Counts, .. TrafficMeasure.Errors, .. TrafficMeasure.Others];
            await CsvTable.SendAsync(http, ["time", "name", .. measures.Select(measure => measure.Name)], answer.Series.SelectMany(series => Lines(series, question, measures)));
            return;
        }

        http.Response.ContentType = "application/json";
        using var body = new MemoryStream();
        TrafficJson.Write(body, answer);
        body.Position = 0;
        await body.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static IEnumerable<IEnumerable<string?>> Lines(ShownSeries series, TrafficQuestion question, IReadOnlyList<TrafficMeasure> measures) =>
        series.Cells.Select((cell, index) => measures.Select(measure => measure.Rounded(cell)?.ToString(CultureInfo.InvariantCulture))
            .Prepend(series.Name).Prepend(ReportJson.Moment(question.Step.BeginOf(question.First + index))));
}
