using System.Globalization;
using Local.Model.Behaviour;
using Local.Model.Requests;

namespace Local.Model.Serving;

/// <summary>The faults that strike before a request is read.</summary>
internal static class EarlyFaults
{
    /// <summary>True where the request has been dealt with.</summary>
    public static async ValueTask<bool> StrikeAsync(Exchange exchange, TimeProvider time)
    {
        if (exchange.Script.Find(FaultKind.Delay) is { } delay)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay.DurationMs), time, exchange.Left);
        }

        if (exchange.Script.Find(FaultKind.Silence) is not null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, exchange.Left);
        }

        if (exchange.Script.Find(FaultKind.Status) is { } status)
        {
            await AnswerAsync(exchange.Http, status);
            return true;
        }

        if (!exchange.Script.Ready)
        {
            await AnswerAsync(exchange.Http, new Fault { Status = StatusCodes.Status503ServiceUnavailable });
            return true;
        }

        return false;
    }

    private static async Task AnswerAsync(HttpContext http, Fault fault)
    {
        if (fault.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (fault.Body is { } body)
        {
            http.Response.StatusCode = fault.Status;
            http.Response.ContentType = fault.ContentType;
            await http.Response.WriteAsync(body, http.RequestAborted);
            return;
        }

        var (type, code) = fault.Status switch
        {
            StatusCodes.Status401Unauthorized => ("invalid_request_error", "invalid_api_key"),
            StatusCodes.Status429TooManyRequests => ("rate_limit_error", "rate_limit_exceeded"),
            < 500 => ("invalid_request_error", (string?)null),
            _ => ("server_error", null),
        };
        await ErrorReply.WriteAsync(http, new Refusal(fault.Status, type, $"Simulated fault: status {fault.Status}.", null, code));
    }
}
