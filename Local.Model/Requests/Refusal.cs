namespace Local.Model.Requests;

/// <summary>Why a request is not answered, in OpenAI's terms.</summary>
internal sealed record Refusal(int Status, string Type, string Message, string? Param = null, string? Code = null)
{
    public static Refusal Invalid(string? param, string message, string? code = null) =>
        new(StatusCodes.Status400BadRequest, "invalid_request_error", message, param, code);

    public static Refusal NoSuchModel(string model) =>
        new(StatusCodes.Status404NotFound, "invalid_request_error", $"The model `{model}` does not exist.", "model", "model_not_found");

    public static Refusal WrongKey() =>
        new(StatusCodes.Status401Unauthorized, "invalid_request_error", "Incorrect API key provided.", null, "invalid_api_key");

    public static Refusal TooLong(int limit, int prompt, int? completion, string where) => Invalid(
        where,
        completion is { } asked
            ? $"This model's maximum context length is {limit} tokens. However, you requested {prompt + asked} tokens ({prompt} in the {where}, {asked} in the completion). Please reduce the length of the {where} or completion."
            : $"This model's maximum context length is {limit} tokens. However, your {where} resulted in {prompt} tokens. Please reduce the length of the {where}.",
        "context_length_exceeded");
}
