using Gateway.Api.Batches.Storage;
using Gateway.Api.Files;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Batches;

/// <summary>Why a batch is not made, shown or cancelled, in OpenAI's words where it has any.</summary>
internal static class BatchRefusals
{
    private static readonly TimeSpan SomeBatchEnds = TimeSpan.FromSeconds(60);

    public static Refusal NotFound(string id) =>
        new(StatusCodes.Status404NotFound, Refusal.InvalidRequestError, null, $"No batch found with id '{id}'.", "id");

    public static Refusal InputNotFound(string id) => FileRefusals.NotFound(id) with { Param = "input_file_id" };

    public static Refusal WrongPurpose(StoredFile file) => Refusal.InvalidRequest(
        $"The file '{file.Id}' has the purpose '{file.Purpose}'; the input of a batch is uploaded with the purpose '{FilePurpose.Batch}'.", "input_file_id", "invalid_value");

    public static Refusal UnknownEndpoint(string endpoint) => Refusal.InvalidRequest(
        $"'{endpoint}' is not one of {FileRefusals.Allowed(BatchEndpoint.All.Select(each => each.Path))}.", "endpoint", "invalid_value");

    public static Refusal WrongWindow(string window) => Refusal.InvalidRequest($"'{window}' is not one of '{BatchWindow.Name}'.", "completion_window", "invalid_value");

    public static Refusal WrongMetadata(string fault) => Refusal.InvalidRequest(fault, "metadata", "invalid_value");

    public static Refusal TooManyOpen(int most) =>
        new(
            StatusCodes.Status429TooManyRequests, "requests", "rate_limit_exceeded",
            $"{most} batches of this tenant are under way, which is as many as may be. Try again when one of them has ended.") { RetryAfter = SomeBatchEnds };

    public static Refusal CannotCancel(BatchStatus status) => Refusal.InvalidRequest($"Cannot cancel a batch with status '{status.ToString().ToLowerInvariant()}'.", "id");
}
