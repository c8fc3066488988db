using Gateway.Api.Access;
using Gateway.Api.Files;
using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Endpoints.Files;

/// <summary>https://platform.openai.com/docs/api-reference/files: kept by the gateway for its caller's tenant, whichever provider uses them.</summary>
internal static class FileEndpoints
{
    private const int LargestPage = 10_000;

    public static void MapFiles(this IEndpointRouteBuilder endpoints)
    {
        var files = endpoints.MapGroup("/files").WithTags("Files").NeedsStore();
        files.MapPost("", CreateAsync).WithName("createFile").WithSummary("Keeps a file: multipart/form-data with 'purpose' and 'file'.");
        files.MapGet("", ListAsync).WithName("listFiles").WithSummary("The tenant's files, newest first.");
        files.MapGet("/{id}", GetAsync).WithName("retrieveFile").WithSummary("What is known of a file.");
        files.MapDelete("/{id}", DeleteAsync).WithName("deleteFile").WithSummary("Deletes a file.");
        files.MapGet("/{id}/content", DownloadAsync).WithName("downloadFile").WithSummary("The bytes of a file.");
    }

    private static async Task<Results<Ok<ShownFile>, RefusalResult>> CreateAsync(HttpContext http, FileUpload upload)
    {
        var (file, refusal) = await upload.ReadAsync(http);
        return file is null ? new RefusalResult(refusal!) : TypedResults.Ok(ShownFile.Of(file));
    }

    private static async Task<Results<Ok<Page<ShownFile>>, RefusalResult>> ListAsync(
        HttpContext http, IFileStore store, string? after = null, string? limit = null, string? order = null, string? purpose = null)
    {
        if (PageRequest.TryRead(after, limit, out var wanted, LargestPage, LargestPage) is { } fault)
        {
            return new RefusalResult(fault);
        }

        if (order is not (null or "asc" or "desc"))
        {
            return new RefusalResult(Refusal.InvalidRequest($"'order' is '{order}'; it must be 'asc' or 'desc'.", "order"));
        }

        var files = (await store.ListAsync(Caller.KeyOf(http).Tenant, http.RequestAborted)).Where(file => purpose is null || file.Purpose == purpose);
        return wanted.TryCut([.. order == "asc" ? files : files.Reverse()], file => file.Id, ShownFile.Of, out var page) is { } unknown
            ? new RefusalResult(unknown)
            : TypedResults.Ok(page);
    }

    private static async Task<Results<Ok<ShownFile>, RefusalResult>> GetAsync(string id, HttpContext http, IFileStore store) =>
        await FindAsync(id, http, store) is { } file ? TypedResults.Ok(ShownFile.Of(file)) : NotFound(id);

    private static async Task<Results<Ok<DeletedFile>, RefusalResult>> DeleteAsync(string id, HttpContext http, IFileStore store) =>
        await FindAsync(id, http, store) is { } file && await store.DeleteAsync(file.Tenant, id, http.RequestAborted) ? TypedResults.Ok(new DeletedFile(id)) : NotFound(id);

    private static async Task<IResult> DownloadAsync(string id, HttpContext http, IFileStore store)
    {
        if (await FindAsync(id, http, store) is not { } file)
        {
            return NotFound(id);
        }

        http.Response.ContentLength = file.Bytes;
        return TypedResults.Stream(store.Open(file), "application/octet-stream");
    }

    private static async Task<StoredFile?> FindAsync(string id, HttpContext http, IFileStore store) =>
        StoredFile.IsId(id) ? await store.FindAsync(Caller.KeyOf(http).Tenant, id, http.RequestAborted) : null;

    private static RefusalResult NotFound(string id) => new(FileRefusals.NotFound(id));
}
