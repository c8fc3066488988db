using System.Text.Json.Serialization;
using Gateway.Api.Access;
using Gateway.Api.Feedback;
using Gateway.Api.Flags;
using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Endpoints.Feedback;

/// <summary><c>POST /v1/feedback</c>: what callers think of an answer; <c>GET /admin/feedback</c>: what they said last.</summary>
internal static class FeedbackEndpoints
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static void MapFeedback(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/feedback", GiveAsync).WithTags("Feedback").WithName("createFeedback").WithSummary("Says how good an answer was; given again, the last one counts.");

    public static void MapGivenFeedback(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/feedback", ListAsync).WithTags("Feedback").WithName("listFeedback").WithSummary("The last feedback that callers gave, the newest first.");

    private static async Task<Results<Ok<GivenFeedback>, RefusalResult>> GiveAsync(NewFeedback? body, HttpContext http, FeedbackDesk desk, FeatureFlags flags)
    {
        var caller = Caller.KeyOf(http);
        if (!await flags.IsOnAsync(GatewayFlags.Feedback, caller))
        {
            return new RefusalResult(Refusal.UnknownUrl(http.Request));
        }

        if ((body is null ? Refusal.InvalidRequest("The body must be a JSON object.") : body.FindFault()) is { } fault)
        {
            return new RefusalResult(fault);
        }

        try
        {
            return await desk.TakeAsync(caller, body!.RequestId!, body.ScoreOrRating!.Value, body.Comment, body.Labels ?? [], http.RequestAborted) is { } entry
                ? TypedResults.Ok(new GivenFeedback(entry.Id, entry.RequestId, entry.Score))
                : new RefusalResult(new Refusal(404, Refusal.InvalidRequestError, "request_not_found", $"No request '{body.RequestId}' of this tenant is known; feedback takes the {RequestIds.Header} of a recent reply.", "request_id"));
        }
        catch (FeedbackUnavailableException failure)
        {
            return new RefusalResult(Refusal.StateUnavailable($"The feedback was not taken: {failure.Message} Try again.", RetryAfter));
        }
    }

    private static async Task<Results<Ok<Page<FeedbackEntry>>, RefusalResult>> ListAsync(IFeedbackStore store, CancellationToken cancellationToken, string? after = null, string? limit = null)
    {
        if (PageRequest.TryRead(after, limit, out var wanted) is { } fault)
        {
            return new RefusalResult(fault);
        }

        try
        {
            var all = await store.ReadAllAsync(cancellationToken);
            return wanted.TryCut(all, entry => entry.Id, entry => entry, out var page) is { } unknown ? new RefusalResult(unknown) : TypedResults.Ok(page);
        }
        catch (FeedbackUnavailableException failure)
        {
            return new RefusalResult(Refusal.StateUnavailable($"Feedback cannot be read: {failure.Message}", RetryAfter));
        }
    }

    private sealed record GivenFeedback(string Id, string RequestId, double Score)
    {
        [JsonPropertyOrder(-1)]
        public string Object { get; } = "feedback";
    }
}
