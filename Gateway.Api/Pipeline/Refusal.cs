using System.Text.Json;

namespace Gateway.Api.Pipeline;

/// <summary>
/// An expected reason not to answer, in the terms of OpenAI's errors
/// (https://platform.openai.com/docs/guides/error-codes). <see cref="OpenAIErrors"/> turns it into HTTP.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">OpenAI's class of the error.</param>
/// <param name="Code">What exactly it was, for programs; null where OpenAI gives none.</param>
/// <param name="Message">What happened and what to do, for people.</param>
/// <param name="Param">The parameter at fault.</param>
internal sealed record Refusal(int Status, string Type, string? Code, string Message, string? Param = null)
{
    public const string InvalidRequestError = "invalid_request_error";

    /// <summary>When it is worth trying again; sent as Retry-After, in whole seconds.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Refusal InvalidRequest(string message, string? param = null, string? code = null) =>
        new(StatusCodes.Status400BadRequest, InvalidRequestError, code, message, param);

    public static Refusal InvalidJson(JsonException invalid)
    {
        // "'x' is an invalid start of a value. LineNumber: 0 | BytePositionInLine: 4."
        var end = invalid.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var reason = end < 0 ? invalid.Message : invalid.Message[..end];
        return InvalidRequest($"The body is not JSON that can be read (line {invalid.LineNumber + 1}, byte {invalid.BytePositionInLine + 1}): {reason}");
    }

    public static Refusal MissingParameter(string name) =>
        InvalidRequest($"Missing required parameter: '{name}'.", name, "missing_required_parameter");

    public static Refusal WrongType(string name, string expected, JsonTokenType actual) =>
        InvalidRequest($"Invalid type for '{name}': expected {expected}, but got {NameOf(actual)} instead.", name, "invalid_type");

    public static Refusal DuplicateParameter(string name) =>
        InvalidRequest($"'{name}' appears more than once in the body; which one counts would be a guess.", name, "duplicate_parameter");

    public static Refusal UnknownUrl(HttpRequest request) =>
        new(StatusCodes.Status404NotFound, InvalidRequestError, "unknown_url", $"Unknown request URL: {request.Method} {request.Path}. Check the path for typos.");

    public static Refusal UnsupportedContentType(string? contentType) =>
        new(StatusCodes.Status415UnsupportedMediaType, InvalidRequestError, "unsupported_content_type",
            $"The body's content type is {(contentType is null ? "missing" : $"'{contentType}'")}; send 'Content-Type: application/json'.");

    public static Refusal RequestTooLarge(long maxBytes) =>
        new(StatusCodes.Status413PayloadTooLarge, InvalidRequestError, "request_too_large", $"The body is larger than the {maxBytes:N0} bytes that this gateway accepts.");

    public static Refusal InvalidApiKey(string message) => new(StatusCodes.Status401Unauthorized, InvalidRequestError, "invalid_api_key", message);

    /// <summary>The gateway has just started and cannot tell good keys from bad ones.</summary>
    public static Refusal KeysNotRead() =>
        new(StatusCodes.Status503ServiceUnavailable, "server_error", "keys_not_read", "The gateway has just started and has not read its API keys yet. Try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(1) };

    public static Refusal InsufficientPermissions(string message) => new(StatusCodes.Status403Forbidden, InvalidRequestError, "insufficient_permissions", message);

    public static Refusal ModelNotFound(string model) =>
        new(StatusCodes.Status404NotFound, InvalidRequestError, "model_not_found",
            $"The model '{model}' does not exist here or has no provider at present. GET /v1/models lists what this key may use.", "model");

    public static Refusal ModelNotAllowed(string model) =>
        new(StatusCodes.Status403Forbidden, InvalidRequestError, "model_not_allowed", $"This key may not use the model '{model}'. GET /v1/models lists what it may use.", "model");

    public static Refusal BedrockOnly(string model) =>
        new(StatusCodes.Status403Forbidden, InvalidRequestError, "model_not_allowed", $"A Bedrock API key buys models of Bedrock only, and '{model}' is served elsewhere. GET /v1/models lists what it may use.", "model");

    /// <summary>What has to be kept, or is kept, cannot be reached at present.</summary>
    public static Refusal StateUnavailable(string message, TimeSpan retryAfter) =>
        new(StatusCodes.Status503ServiceUnavailable, "server_error", "state_unavailable", message) { RetryAfter = retryAfter };

    public static Refusal UpstreamError(string message) =>
        new(StatusCodes.Status502BadGateway, "upstream_error", "upstream_error", message);

    public static Refusal NoTargetAvailable(string message, TimeSpan retryAfter) =>
        new(StatusCodes.Status503ServiceUnavailable, "no_target_available", "no_target_available", message) { RetryAfter = retryAfter };

    public static Refusal Timeout(string message) =>
        new(StatusCodes.Status504GatewayTimeout, "timeout", "timeout", message);

    private static string NameOf(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "null",
    };
}
