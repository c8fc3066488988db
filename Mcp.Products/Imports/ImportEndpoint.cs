using Mcp.Products.Access;
using Microsoft.AspNetCore.Http.Features;
using ServiceDefaults.Errors;

namespace Mcp.Products.Imports;

internal static class ImportEndpoint
{
    private const long LargestFeed = 1L << 30;

    /// <summary><c>POST /import?format=csv</c> with a feed as its body: takes the place of the whole catalogue. For the gateway's administrator.</summary>
    public static void MapImport(this IEndpointRouteBuilder routes) => routes.MapPost("/import", ImportAsync).WithMetadata(new AdminOnly());

    private static async Task ImportAsync(HttpContext http, FeedUpload upload)
    {
        if (!upload.IsServed)
        {
            await RefuseAsync(http, StatusCodes.Status409Conflict, "The catalogue is served from the file that Catalogue:File names; what is imported would not be.", code: "catalogue_is_configured");
            return;
        }

        if (ImportQuestion.TryRead(http.Request.Query, out var param, out var fault) is not { } question)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, fault, param: param);
            return;
        }

        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = LargestFeed;
        try
        {
            var report = await upload.RunAsync(http.Request.Body, question, http.RequestAborted);
            await http.Response.WriteAsJsonAsync(report, ImportJson.Default.ImportReport, cancellationToken: http.RequestAborted);
        }
        catch (InvalidDataException unusable)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, unusable.Message, code: "invalid_feed");
        }
        catch (BadHttpRequestException unread)
        {
            await RefuseAsync(http, unread.StatusCode, unread.Message, code: "invalid_feed");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, "The feed cannot be kept at present; the catalogue stays as it was.");
        }
    }

    private static async Task RefuseAsync(HttpContext http, int status, string message, string? param = null, string? code = null)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        ErrorBody.Write(http.Response.BodyWriter, message, status < StatusCodes.Status500InternalServerError ? "invalid_request_error" : "server_error", param, code);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }
}
