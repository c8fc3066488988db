using Gateway.Api.Audit;
using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Endpoints;

/// <summary><c>GET /admin/audit?after&amp;limit</c>: the changes made through <c>/admin</c>, the newest first.</summary>
internal static class AuditTrail
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static void MapAudit(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/audit", ListAsync).WithTags("Audit").WithName("listAuditEntries").WithSummary("Who changed what, the newest first.");

    private static async Task<Results<Ok<Page<AuditEntry>>, RefusalResult>> ListAsync(
        IAuditTrail trail, CancellationToken cancellationToken, string? after = null, string? limit = null)
    {
        if (PageRequest.TryRead(after, limit, out var wanted) is { } fault)
        {
            return new RefusalResult(fault);
        }

        try
        {
            var all = await trail.ReadAllAsync(cancellationToken);
            return wanted.TryCut(all, entry => entry.Id, entry => entry, out var page) is { } unknown ? new RefusalResult(unknown) : TypedResults.Ok(page);
        }
        catch (IOException failure)
        {
            return new RefusalResult(Refusal.StateUnavailable($"The audit trail cannot be read: {failure.Message}", RetryAfter));
        }
    }
}
