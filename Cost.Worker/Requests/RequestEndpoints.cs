using System.Globalization;
using System.Text.Json;
using Cost.Worker.Access;
using Cost.Worker.Ledger;
using Cost.Worker.Reports;
using ServiceDefaults.Events;

namespace Cost.Worker.Requests;

internal static class RequestEndpoints
{
    private const int UsualLimit = 50;
    private const int LargestLimit = 500;

    private static readonly TimeSpan UsualPeriod = TimeSpan.FromDays(31);

    public static void MapRequests(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/requests", ListAsync);
        routes.MapGet("/requests/stream", StreamAsync);
    }

    // GET /requests?tenant=acme&status=failed&text=timeout&from=…&to=…&after=…&limit=100
    private static async Task ListAsync(HttpContext http, RequestReader reader, TimeProvider time)
    {
        var query = http.Request.Query;
        var (fault, param) = ("", "format");
        if (CsvTable.IsAskedFor(http.Request) is not { } isCsv)
        {
            await RefuseAsync(http, "'format' must be json or csv.", param);
            return;
        }

        if (!TryReadPlace(query, param = "after", out var before, out fault) || !TryReadLimit(query, param = "limit", out var limit, out fault)
            || !QueryMoment.TryRead(query, param = "to", out var to, out fault) || !QueryMoment.TryRead(query, param = "from", out var from, out fault)
            || RequestFilter.TryRead(query, from ?? (to ?? time.GetUtcNow()) - UsualPeriod, to ?? time.GetUtcNow() + TimeSpan.FromDays(1), out param, out fault) is not { } filter)
        {
            await RefuseAsync(http, fault, param);
            return;
        }

        try
        {
            var found = await reader.ReadAsync(filter, before, limit, http.RequestAborted);
            var page = RequestPage.Of([.. found.Take(limit).Select(LoggedRequest.Of)], found.Count > limit);
            await (isCsv ? CsvTable.SendAsync(http, RequestColumns.Names, page.Data.Select(RequestColumns.Of)) : http.Response.WriteAsJsonAsync(page, RequestJson.Default.RequestPage, cancellationToken: http.RequestAborted));
        }
        catch (LedgerUnavailableException)
        {
            await ErrorReply.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "The ledger cannot be read at present.");
        }
    }

    private static async Task StreamAsync(HttpContext http, RequestLog log, TimeProvider time)
    {
        if (RequestFilter.TryRead(http.Request.Query, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, out var param, out var fault) is not { } filter)
        {
            await RefuseAsync(http, fault, param);
            return;
        }

        using var subscription = log.Subscribe(ServerSentEvents.LastIdOf(http.Request), filter);
        await ServerSentEvents.WriteAsync(
            http,
            subscription,
            one => LoggedRequest.Of(one) is var shown ? new StreamEvent(shown.Id, "request", JsonSerializer.SerializeToUtf8Bytes(shown, RequestJson.Default.LoggedRequest)) : default,
            time);
    }

    private static bool TryReadPlace(IQueryCollection query, string name, out LogPlace? before, out string fault)
    {
        (before, fault) = (null, "");
        if (query[name].FirstOrDefault() is not { Length: > 0 } text)
        {
            return true;
        }

        fault = $"'{name}' is '{text}', which is no id of this list.";
        before = LogPlace.TryParse(text, out var place) ? place : null;
        return before is not null;
    }

    private static bool TryReadLimit(IQueryCollection query, string name, out int limit, out string fault)
    {
        var text = query[name].FirstOrDefault() is { Length: > 0 } asked ? asked : UsualLimit.ToString(CultureInfo.InvariantCulture);
        fault = $"'{name}' is '{text}'; it must be a number from 1 to {LargestLimit}.";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= LargestLimit;
    }

    private static Task RefuseAsync(HttpContext http, string fault, string param) => ErrorReply.WriteAsync(http, StatusCodes.Status400BadRequest, fault, param);
}
