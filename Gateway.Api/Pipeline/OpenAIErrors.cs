using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using ServiceDefaults.Errors;
using ServiceDefaults.Redaction;

namespace Gateway.Api.Pipeline;

/// <summary>
/// The one place where errors become HTTP: <c>{"error":{"message","type","param","code"}}</c>, whoever refuses, be it a stage of
/// the pipeline, authentication, routing or a bug. A route may have an <see cref="ErrorForm"/> of its own.
/// </summary>
internal static class OpenAIErrors
{
    private const int LongestMessage = 8 * 1024;

    public static async Task WriteAsync(HttpContext context, Refusal refusal)
    {
        refusal = Masked(refusal);
        var response = context.Response;
        response.StatusCode = refusal.Status;
        response.ContentType = "application/json";
        if (refusal.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<ErrorForm>() is { } form)
        {
            form.Write(response, refusal);
        }
        else
        {
            WriteBody(response.BodyWriter, refusal);
        }

        await response.BodyWriter.FlushAsync(CancellationToken.None);
    }

    public static void WriteBody(IBufferWriter<byte> output, Refusal refusal)
    {
        var told = Masked(refusal);
        ErrorBody.Write(output, told.Message, told.Type, told.Param, told.Code);
    }

    /// <summary>The error of a reply that routing or authentication ended with a status and no body.</summary>
    public static Refusal OfStatus(HttpContext context)
    {
        var (method, path) = (context.Request.Method, context.Request.Path);
        return context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Refusal.UnknownUrl(context.Request),
            StatusCodes.Status405MethodNotAllowed => new(405, Refusal.InvalidRequestError, "method_not_supported", $"{path} does not take {method}; allowed: {context.Response.Headers.Allow}."),
            StatusCodes.Status415UnsupportedMediaType => Refusal.UnsupportedContentType(context.Request.ContentType),
            var status => new(status, status < 500 ? Refusal.InvalidRequestError : "server_error", null, ReasonPhrases.GetReasonPhrase(status)),
        };
    }

    /// <summary>Whether an exception is of a malformed request. That a chunk's size is beyond all numbers the server says in a way of its own.</summary>
    public static bool IsOfRequest(Exception exception) => exception is BadHttpRequestException or IOException { InnerException: OverflowException };

    /// <summary>The error of an exception; one that no malformed request explains is a bug of ours.</summary>
    public static Refusal OfException(Exception exception, HttpContext context) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException json } => OfJson(json),
        BadHttpRequestException bad => new(bad.StatusCode, Refusal.InvalidRequestError, null, bad.Message),
        _ when IsOfRequest(exception) => new(400, Refusal.InvalidRequestError, null, exception.Message),
        _ => new(500, "server_error", "internal_error", $"The gateway failed at this request; quote {RequestIds.Header} {context.TraceIdentifier} to its operator."),
    };

    // Providers, and paths, may quote a key; and callers are quoted, who may have called a model by a megabyte.
    private static Refusal Masked(Refusal refusal) => refusal with
    {
        Message = Redactor.Mask(Cut(refusal.Message)),
        Type = Redactor.Mask(refusal.Type),
        Param = refusal.Param is { } param ? Redactor.Mask(param) : null,
        Code = refusal.Code is { } code ? Redactor.Mask(code) : null,
    };

    private static string Cut(string message) =>
        message.Length <= LongestMessage ? message : $"{message.AsSpan(0, char.IsHighSurrogate(message[LongestMessage - 1]) ? LongestMessage - 1 : LongestMessage)}…";

    // The serializer wraps the reader's exception where the text is no JSON; else "$.limits.requests_per_minute" is the parameter at fault.
    private static Refusal OfJson(JsonException json) =>
        json.InnerException is JsonException text ? Refusal.InvalidJson(text)
        : json.Path is { Length: > 2 } path ? Refusal.InvalidRequest($"'{path[2..]}' is not known here or has a value of the wrong type.", path[2..])
        : Refusal.InvalidRequest("The body must be a JSON object.");
}
