using Gateway.Api.Audit;
using Gateway.Api.Batches;
using Gateway.Api.Batches.Storage;
using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Endpoints.Batches;

/// <summary>The batches of all tenants, for who administers the gateway.</summary>
internal static class AdminBatchEndpoints
{
    private const string Statuses = "validating, failed, in_progress, finalizing, completed, expired, cancelling, cancelled";

    public static void MapAllBatches(this IEndpointRouteBuilder endpoints)
    {
        var batches = endpoints.MapGroup("/batches").WithTags("Batches").NeedsStore();
        batches.MapGet("", ListAsync).WithName("listAllBatches").WithSummary("The batches of all tenants, newest first.");
        batches.MapGet("/{id}", GetAsync).WithName("retrieveAnyBatch").WithSummary("How far a batch is, whosever it is.");
        batches.MapPost("/{id}/cancel", CancelAsync).WithName("cancelAnyBatch").WithSummary("Ends a batch, whosever it is.");
    }

    private static async Task<Results<Ok<Page<ShownBatch>>, RefusalResult>> ListAsync(
        HttpContext http, IBatchStore store, string? tenant = null, string? status = null, string? after = null, string? limit = null)
    {
        if (PageRequest.TryRead(after, limit, out var wanted) is { } fault)
        {
            return new RefusalResult(fault);
        }

        if (status is not (null or "") && !Statuses.Split(", ").Contains(status))
        {
            return new RefusalResult(Refusal.InvalidRequest($"'status' is '{status}'; allowed: {Statuses}.", "status"));
        }

        var batches = (await store.ListAllAsync(http.RequestAborted)).Select(ShownBatch.ForAdministrator)
            .Where(batch => string.IsNullOrEmpty(tenant) || batch.Tenant == tenant)
            .Where(batch => string.IsNullOrEmpty(status) || NameOf(batch.Status) == status);
        return wanted.TryCut([.. batches.Reverse()], batch => batch.Id, batch => batch, out var page) is { } unknown ? new RefusalResult(unknown) : TypedResults.Ok(page);
    }

    private static async Task<Results<Ok<ShownBatch>, RefusalResult>> GetAsync(string id, HttpContext http, IBatchStore store) =>
        await FindAsync(id, http, store) is { } batch ? TypedResults.Ok(ShownBatch.ForAdministrator(batch)) : new RefusalResult(BatchRefusals.NotFound(id));

    private static async Task<Results<Ok<ShownBatch>, RefusalResult>> CancelAsync(string id, HttpContext http, IBatchStore store, BatchCancellation cancellation, AuditLog audit)
    {
        var before = await FindAsync(id, http, store);
        var result = await cancellation.CancelAsync(id, () => FindAsync(id, http, store), ShownBatch.ForAdministrator, http.RequestAborted);
        if (result.Result is Ok<ShownBatch> { Value: { } after } && before is not null && before.Status != after.Status)
        {
            await audit.RecordAsync(http, "batch.cancel", id, ShownBatch.ForAdministrator(before), after);
        }

        return result;
    }

    private static async Task<StoredBatch?> FindAsync(string id, HttpContext http, IBatchStore store) =>
        (await store.ListAllAsync(http.RequestAborted)).FirstOrDefault(batch => batch.Id == id);

    private static string NameOf(BatchStatus status) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());
}
