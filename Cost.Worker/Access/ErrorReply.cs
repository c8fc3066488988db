using Microsoft.AspNetCore.WebUtilities;
using ServiceDefaults.Errors;

namespace Cost.Worker.Access;

/// <summary>The one place where errors become HTTP, as at the gateway.</summary>
internal static class ErrorReply
{
    public static async Task WriteAsync(HttpContext context, int status, string message, string? param = null, string? code = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        ErrorBody.Write(context.Response.BodyWriter, message, status < StatusCodes.Status500InternalServerError ? "invalid_request_error" : "server_error", param, code);
        await context.Response.BodyWriter.FlushAsync();
    }

    /// <summary>Gives a reply that has a status and no body the error that belongs to it; also after an exception.</summary>
    public static void UseErrorReplies(this WebApplication app)
    {
        app.UseExceptionHandler(failed => failed.Run(context => WriteAsync(context, StatusCodes.Status500InternalServerError, "The worker failed at this request; its log says why.")));
        app.UseStatusCodePages(pages =>
        {
            var context = pages.HttpContext;
            return context.Response.StatusCode == StatusCodes.Status404NotFound
                ? WriteAsync(context, StatusCodes.Status404NotFound, $"Unknown request URL: {context.Request.Method} {context.Request.Path}. Check the path for typos.", code: "unknown_url")
                : WriteAsync(context, context.Response.StatusCode, ReasonPhrases.GetReasonPhrase(context.Response.StatusCode));
        });
    }
}
