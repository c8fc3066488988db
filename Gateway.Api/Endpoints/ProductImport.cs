using Gateway.Api.Audit;
using Gateway.Api.McpServers;

namespace Gateway.Api.Endpoints;

/// <summary><c>POST /admin/products/import</c>: a feed that takes the place of the product server's catalogue.</summary>
internal static class ProductImport
{
    public static void MapProductImport(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/products/import", ImportAsync).WithTags("Products").WithName("importProducts").WithSummary("Takes the body, a feed, over as the catalogue; tells the rows that were left out.");

    private static async Task ImportAsync(HttpContext http, ProductsProxy proxy, AuditLog audit)
    {
        await proxy.ImportAsync(http);
        if (http.Response is { HasStarted: true, StatusCode: StatusCodes.Status200OK })
        {
            await audit.RecordAsync<ImportedFeed>(http, "products.import", "catalogue", before: null, new ImportedFeed(http.Request.Query["format"], http.Request.ContentLength));
        }
    }

    private sealed record ImportedFeed(string? Format, long? Bytes);
}
