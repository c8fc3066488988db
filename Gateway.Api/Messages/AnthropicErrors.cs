using System.Buffers;
using System.Text.Json;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Messages;

/// <summary>
/// Anthropic's errors (https://docs.anthropic.com/en/api/errors):
/// <c>{"type":"error","error":{"type":"invalid_request_error","message":"…"},"request_id":"req_…"}</c>.
/// </summary>
internal static class AnthropicErrors
{
    /// <summary>Metadata of the routes that have them.</summary>
    public static readonly ErrorForm Form = new(Write);

    /// <summary>By these details Anthropic's clients know to send the whole conversation each time.</summary>
    public static readonly Refusal NoThreads = Refusal.InvalidRequest(
        "'thread' asks for a conversation to be kept, which this gateway does not do; send all its messages.", "thread", "thread_unsupported_request");

    private const string RequestIdHeader = "request-id";

    /// <summary>Names the request where Anthropic's clients look for it.</summary>
    public static void NameRequest(HttpResponse response) => response.Headers[RequestIdHeader] = response.HttpContext.TraceIdentifier;

    public static void WriteBody(IBufferWriter<byte> output, Refusal refusal, string requestId)
    {
        using var json = new Utf8JsonWriter(output, Json.WriterOptions);
        json.WriteStartObject();
        json.WriteString("type", "error");
        json.WriteStartObject("error");
        json.WriteString("type", TypeOf(refusal.Status));
        json.WriteString("message", refusal.Message);
        if (refusal == NoThreads)
        {
            json.WriteStartObject("details");
            json.WriteString("error_code", refusal.Code);
            json.WriteStartArray("unsupported");
            json.WriteStringValue(refusal.Param);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteString("request_id", requestId);
        json.WriteEndObject();
    }

    private static void Write(HttpResponse response, Refusal refusal)
    {
        NameRequest(response);
        WriteBody(response.BodyWriter, refusal, response.HttpContext.TraceIdentifier);
    }

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "authentication_error",
        StatusCodes.Status402PaymentRequired => "billing_error",
        StatusCodes.Status403Forbidden => "permission_error",
        StatusCodes.Status404NotFound => "not_found_error",
        StatusCodes.Status413PayloadTooLarge => "request_too_large",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        StatusCodes.Status503ServiceUnavailable => "overloaded_error",
        StatusCodes.Status504GatewayTimeout => "timeout_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };
}
