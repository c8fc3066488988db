using Gateway.Api.Access;
using Gateway.Api.Batches;
using Gateway.Api.Batches.Runs;
using Gateway.Api.Batches.Storage;
using Gateway.Api.Configuration;
using Gateway.Api.Files;
using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Endpoints.Batches;

/// <summary>https://platform.openai.com/docs/api-reference/batch: run by the gateway, on every provider.</summary>
internal static class BatchEndpoints
{
    public static void MapBatches(this IEndpointRouteBuilder endpoints)
    {
        var batches = endpoints.MapGroup("/batches").WithTags("Batches").NeedsStore();
        batches.MapPost("", CreateAsync).WithName("createBatch").WithSummary("Runs the requests of a file in the background.");
        batches.MapGet("", ListAsync).WithName("listBatches").WithSummary("The tenant's batches, newest first.");
        batches.MapGet("/{id}", GetAsync).WithName("retrieveBatch").WithSummary("How far a batch is.");
        batches.MapPost("/{id}/cancel", CancelAsync).WithName("cancelBatch").WithSummary("Ends a batch; what is under way is waited for, and what was answered is kept.");
    }

    private static async Task<Results<Ok<ShownBatch>, RefusalResult>> CreateAsync(
        NewBatch? body, HttpContext http, IBatchStore store, IFileStore files, BatchOwner owner, BatchRunner runner, LiveConfiguration configuration, TimeProvider time)
    {
        if ((body is null ? Refusal.InvalidRequest("The body must be a JSON object.") : body.FindFault()) is { } fault)
        {
            return new RefusalResult(fault);
        }

        var caller = Caller.KeyOf(http);
        var file = StoredFile.IsId(body!.InputFileId!) ? await files.FindAsync(caller.Tenant, body.InputFileId!, http.RequestAborted) : null;
        if (file?.Purpose != FilePurpose.Batch)
        {
            return new RefusalResult(file is null ? BatchRefusals.InputNotFound(body.InputFileId!) : BatchRefusals.WrongPurpose(file));
        }

        var most = configuration.Current.Batches.MaxOpenPerTenant;
        if ((await store.ListOpenAsync(http.RequestAborted)).Count(open => open.Tenant == caller.Tenant) >= most)
        {
            return new RefusalResult(BatchRefusals.TooManyOpen(most));
        }

        var now = time.GetUtcNow();
        var batch = new StoredBatch
        {
            Id = StoredBatch.NewId(now),
            Tenant = caller.Tenant,
            Key = caller.Id,
            Identity = owner.IdentityOf(caller),
            InputFileId = file.Id,
            Endpoint = body.Endpoint!,
            Metadata = body.Metadata,
            OutputExpiresAfterSeconds = body.OutputExpiresAfter?.Seconds,
            CreatedAt = now,
            ExpiresAt = now + BatchWindow.Length,
        };
        await store.AddAsync(batch, http.RequestAborted);
        runner.Look();
        return TypedResults.Ok(ShownBatch.Of(batch));
    }

    private static async Task<Results<Ok<Page<ShownBatch>>, RefusalResult>> ListAsync(HttpContext http, IBatchStore store, string? after = null, string? limit = null)
    {
        if (PageRequest.TryRead(after, limit, out var wanted) is { } fault)
        {
            return new RefusalResult(fault);
        }

        var batches = await store.ListAsync(Caller.KeyOf(http).Tenant, http.RequestAborted);
        return wanted.TryCut([.. batches.Reverse()], batch => batch.Id, ShownBatch.Of, out var page) is { } unknown ? new RefusalResult(unknown) : TypedResults.Ok(page);
    }

    private static async Task<Results<Ok<ShownBatch>, RefusalResult>> GetAsync(string id, HttpContext http, IBatchStore store) =>
        await FindAsync(id, http, store) is { } batch ? TypedResults.Ok(ShownBatch.Of(batch)) : new RefusalResult(BatchRefusals.NotFound(id));

    private static Task<Results<Ok<ShownBatch>, RefusalResult>> CancelAsync(string id, HttpContext http, IBatchStore store, BatchCancellation cancellation) =>
        cancellation.CancelAsync(id, () => FindAsync(id, http, store), ShownBatch.Of, http.RequestAborted);

    private static Task<StoredBatch?> FindAsync(string id, HttpContext http, IBatchStore store) =>
        store.FindAsync(new BatchName(Caller.KeyOf(http).Tenant, id), http.RequestAborted);
}
