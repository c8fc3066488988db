using Gateway.Api.Pipeline;

namespace Gateway.Api.Files;

/// <summary>Why a file is not kept or not shown, in OpenAI's words where it has any.</summary>
internal static class FileRefusals
{
    public static readonly Refusal Incomplete = Refusal.InvalidRequest("The form ended before it was complete.");

    public static readonly Refusal NoFile = Refusal.MissingParameter("file");

    public static readonly Refusal NoPurpose = Refusal.MissingParameter("purpose");

    public static readonly Refusal NoOwner = Refusal.InsufficientPermissions("Files and batches are kept for holders of an API key of this gateway; a Bedrock API key does not do.");

    public static Refusal NotFound(string id) =>
        new(StatusCodes.Status404NotFound, Refusal.InvalidRequestError, null, $"No such File object: {id}", "id");

    public static Refusal NotAForm(string? contentType) =>
        new(StatusCodes.Status415UnsupportedMediaType, Refusal.InvalidRequestError, "unsupported_content_type",
            $"The body's content type is {(contentType is null ? "missing" : $"'{contentType}'")}; a file is sent as multipart/form-data with the fields 'purpose' and 'file'.");

    public static Refusal TooLarge(long most) =>
        new(StatusCodes.Status413PayloadTooLarge, Refusal.InvalidRequestError, "file_too_large", $"The file is larger than the {most:N0} bytes that this gateway keeps.", "file");

    public static Refusal NoRoom(long most) =>
        Refusal.InvalidRequest(
            $"With this file there would be more than the {most:N0} bytes that this gateway keeps for one tenant. Delete files that are no longer needed.",
            "file", "storage_limit_exceeded");

    public static Refusal UnknownPurpose(string purpose) =>
        Refusal.InvalidRequest($"'{purpose}' is not one of {Allowed(FilePurpose.Uploaded)}.", "purpose", "invalid_value");

    public static Refusal UnknownField(string name) =>
        Refusal.InvalidRequest($"'{name}' is not known here; a file is sent with the fields 'purpose', 'file' and 'expires_after'.", name, "unknown_parameter");

    public static Refusal WrongAnchor(string name) => Refusal.InvalidRequest("The anchor must be 'created_at'.", name, "invalid_value");

    public static Refusal WrongLifetime(string name) =>
        Refusal.InvalidRequest($"The seconds must be a number from {FileLifetime.LeastSeconds} (1 hour) to {FileLifetime.MostSeconds} (30 days).", name, "invalid_value");

    public static string Allowed(IEnumerable<string> values) => string.Join(", ", values.Select(value => $"'{value}'"));
}
