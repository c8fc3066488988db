using Gateway.Api.Access;
using Gateway.Api.Flags;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Api.Responses;
using Gateway.Api.Responses.Background;
using Gateway.Api.Responses.Requests;
using Gateway.Api.Responses.Storage;

namespace Gateway.Api.Endpoints;

/// <summary>https://platform.openai.com/docs/api-reference/responses: made of any model's answer, and kept for its caller's tenant.</summary>
internal static class ResponseEndpoints
{
    public static void MapResponses(this IEndpointRouteBuilder endpoints)
    {
        var responses = endpoints.MapGroup("/responses").WithTags("Responses");
        responses.MapCreate().DescribesResponses("createResponse", "Answers a conversation, and keeps the answer to go on from.");
        responses.MapGet("/{id}", GetAsync).WithName("getResponse").WithSummary("A response that was stored, or runs in the background.");
        responses.MapDelete("/{id}", DeleteAsync).WithName("deleteResponse").WithSummary("Deletes a stored response.");
        responses.MapPost("/{id}/cancel", CancelAsync).WithName("cancelResponse").WithSummary("Ends a response that runs in the background.");
        responses.MapGet("/{id}/input_items", ListInputItemsAsync).WithName("listInputItems").WithSummary("What a stored response answered.");
    }

    // Straight to the pipeline, as every call of a model.
    private static IEndpointConventionBuilder MapCreate(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var (pipeline, runs) = (services.GetRequiredService<RequestPipeline>(), services.GetRequiredService<BackgroundRuns>());
        var (contexts, keeper) = (services.GetRequiredService<ContextReader>(), services.GetRequiredService<ResponseKeeper>());
        var (flags, time) = (services.GetRequiredService<FeatureFlags>(), services.GetRequiredService<TimeProvider>());
        RequestDelegate create = async http =>
        {
            using var codec = new ResponsesCodec(contexts, keeper, runs, flags, time);
            await pipeline.RunAsync(http, Operation.Chat, codec);
        };
        return endpoints.MapPost("", create).WithMetadata(create.Method);
    }

    private static Task<IResult> GetAsync(string id, HttpContext http, IResponseStore store, TimeProvider time) => FindAsync(id, http, store, response =>
    {
        var stream = http.Request.Query["stream"].ToString();
        return Task.FromResult<IResult>(stream.Length == 0 || stream.Equals("false", StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Bytes(response.At(time.GetUtcNow()), "application/json")
            : new RefusalResult(Refusal.InvalidRequest("This gateway does not stream stored responses; poll them without 'stream'.", "stream", "unsupported_parameter")));
    });

    private static Task<IResult> DeleteAsync(string id, HttpContext http, IResponseStore store, BackgroundRuns runs) => FindAsync(id, http, store, async response =>
    {
        await store.DeleteAsync(response.Tenant, id, http.RequestAborted);
        runs.Cancel(id);
        return TypedResults.Ok(new DeletedResponse(id));
    });

    private static Task<IResult> CancelAsync(string id, HttpContext http, IResponseStore store, BackgroundRuns runs, TimeProvider time) => FindAsync(id, http, store, async response =>
    {
        if (!response.IsInBackground())
        {
            return new RefusalResult(ResponseRefusals.NotInBackground(id));
        }

        if (!(response.RunsUntil > time.GetUtcNow()))
        {
            return TypedResults.Bytes(response.At(time.GetUtcNow()), "application/json");
        }

        var cancelled = response.Cancel();
        if (await store.ReplaceRunningAsync(cancelled, http.RequestAborted))
        {
            runs.Cancel(id);
            return TypedResults.Bytes(cancelled.Body, "application/json");
        }

        // It ended meanwhile, and that is the answer.
        return await GetAsync(id, http, store, time);
    });

    private static Task<IResult> ListInputItemsAsync(string id, HttpContext http, IResponseStore store, string? after = null, string? order = null, int limit = InputItemPage.DefaultLimit) =>
        FindAsync(id, http, store, response => Task.FromResult(
            limit is < 1 or > InputItemPage.MaxLimit ? new RefusalResult(Refusal.InvalidRequest($"'limit' must be between 1 and {InputItemPage.MaxLimit}.", "limit"))
            : order is not (null or "asc" or "desc") ? new RefusalResult(Refusal.InvalidRequest("'order' must be 'asc' or 'desc'.", "order"))
            : InputItemPage.Of(response, after, limit, isAscending: order == "asc") is { } page ? TypedResults.Bytes(page, "application/json")
            : (IResult)new RefusalResult(Refusal.InvalidRequest($"'after' names no input item of this response: '{after}'.", "after"))));

    private static async Task<IResult> FindAsync(string id, HttpContext http, IResponseStore store, Func<StoredResponse, Task<IResult>> answer)
    {
        try
        {
            return await store.FindAsync(Caller.KeyOf(http).Tenant, id, http.RequestAborted) is { } response
                ? await answer(response)
                : new RefusalResult(ResponseRefusals.NotFound(id));
        }
        catch (ResponsesUnavailableException)
        {
            return new RefusalResult(ResponseRefusals.StoreUnavailable());
        }
    }

    private sealed record DeletedResponse(string Id)
    {
        public string Object { get; } = "response";

        public bool Deleted { get; } = true;
    }
}
