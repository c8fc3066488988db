using System.Text.Json;
using System.Text.Json.Serialization;
using Local.Model.Behaviour;
using Local.Model.Requests;
using Local.Model.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Local.Model.Endpoints;

/// <summary>The control endpoint: changes the behaviour at run time, and tells what the server saw. Not part of vLLM.</summary>
internal static class Control
{
    private const int LongestWaitMs = 60_000;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static void MapControl(this WebApplication app)
    {
        var control = app.MapGroup("/control");
        control.MapGet("", (BehaviourControl behaviour) => TypedResults.Json(behaviour.Current, Options));
        control.MapPut("", ReplaceAsync);
        control.MapDelete("", Reset);
        control.MapGet("/requests", (RequestLog log) => TypedResults.Json(log.List(), Options));
        control.MapGet("/requests/{id}", FindAsync);
        control.MapDelete("/requests", Clear);
    }

    private static async Task ReplaceAsync(HttpContext http, BehaviourControl behaviour)
    {
        try
        {
            var wanted = await JsonSerializer.DeserializeAsync<BehaviourOptions>(http.Request.Body, Options, http.RequestAborted);
            var errors = wanted is null ? ["The body must be a JSON object."] : BehaviourRules.Errors(wanted).ToList();
            if (errors.Count > 0)
            {
                await ErrorReply.WriteAsync(http, Refusal.Invalid(null, string.Join(" ", errors)));
                return;
            }

            behaviour.Replace(wanted!);
            await http.Response.WriteAsJsonAsync(behaviour.Current, Options, http.RequestAborted);
        }
        catch (JsonException exception)
        {
            await ErrorReply.WriteAsync(http, Refusal.Invalid(exception.Path, exception.Message));
        }
    }

    private static JsonHttpResult<BehaviourOptions> Reset(BehaviourControl behaviour)
    {
        behaviour.Reset();
        return TypedResults.Json(behaviour.Current, Options);
    }

    private static NoContent Clear(RequestLog log)
    {
        log.Clear();
        return TypedResults.NoContent();
    }

    /// <summary>With <c>wait_ms</c>, answers once the request has ended, or when that time is over.</summary>
    private static async Task<IResult> FindAsync(string id, RequestLog log, TimeProvider time, CancellationToken cancellationToken, int wait_ms = 0)
    {
        if (log.Find(id) is not { } exchange)
        {
            return TypedResults.NotFound();
        }

        var longest = TimeSpan.FromMilliseconds(Math.Clamp(wait_ms, 0, LongestWaitMs));
        await Task.WhenAny(exchange.Ended, Task.Delay(longest, time, cancellationToken));
        return TypedResults.Json(exchange.ToRecord(), Options);
    }
}
