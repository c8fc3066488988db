using Gateway.Api.Batches.Storage;

namespace Gateway.Api.Batches.Lines;

/// <summary>Why a line, or a whole batch, is not run.</summary>
/// <param name="Code">What exactly, for programs.</param>
/// <param name="Message">What happened, for people.</param>
/// <param name="Param">The field at fault.</param>
internal sealed record LineFault(string Code, string Message, string? Param = null)
{
    public static readonly LineFault NoJson = new("invalid_json_line", "This line is not parseable as a JSON object.");

    public static readonly LineFault WrongMethod = new("invalid_method", "The method must be 'POST'.", "method");

    public static readonly LineFault NoStream = new("invalid_request", "A batch has no streams; leave out 'stream'.", "body.stream");

    public static readonly LineFault NoBackground = new("invalid_request", "A batch runs in the background as a whole; leave out 'background'.", "body.background");

    public static readonly LineFault Expired = new("batch_expired", "This request could not be executed before the completion window expired.");

    public static readonly LineFault Cancelled = new("batch_cancelled", "This request was not executed, since the batch was cancelled.");

    public static readonly LineFault Failed = new("internal_error", "The gateway failed at this request.");

    public static readonly LineFault Empty = new("empty_file", "The input has no requests.", "input_file_id");

    public static LineFault TooLong(int most) => new("request_too_large", $"This line is longer than the {most:N0} bytes that this gateway accepts as a request.");

    public static LineFault Missing(string name) => new("missing_required_parameter", $"Missing required parameter: '{name}'.", name);

    public static LineFault WrongType(string name, string expected) => new("invalid_type", $"Invalid type for '{name}': expected {expected}.", name);

    public static LineFault WrongUrl(string endpoint) => new("invalid_url", $"The url must be '{endpoint}', the endpoint of the batch.", "url");

    public static LineFault DuplicateId(string id) => new("duplicate_custom_id", $"The custom_id '{id}' was used by a line before this one.", "custom_id");

    public static LineFault InputGone(string id) => new("input_file_not_found", $"The file '{id}' was deleted before the batch had ended.", "input_file_id");

    public static LineFault TooMany(int most) => new("too_many_requests", $"The input has more than the {most:N0} requests that a batch may have here.", "input_file_id");

    /// <summary>Of a line, as the batch names it.</summary>
    public BatchError AtLine(int line) => new(Code, Message, Param, line);

    /// <summary>Of the batch as a whole.</summary>
    public BatchError AtBatch() => new(Code, Message, Param);
}
