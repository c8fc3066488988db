using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Cost.Worker.Access;

/// <summary>The one place where errors become HTTP: <c>{"error":{"message","type","param","code"}}</c>, as at the gateway.</summary>
internal static class ErrorReply
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, int status, string message, string? param = null, string? code = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Options);
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", message);
        json.WriteString("type", status < StatusCodes.Status500InternalServerError ? "invalid_request_error" : "server_error");
        json.WriteString("param", param);
        json.WriteString("code", code);
        json.WriteEndObject();
        json.WriteEndObject();
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
