namespace Gateway.Api.Responses.Replies;

/// <summary>https://platform.openai.com/docs/api-reference/responses/object#responses/object-status</summary>
internal static class ResponseStatus
{
    public const string Queued = "queued";
    public const string InProgress = "in_progress";
    public const string Completed = "completed";
    public const string Incomplete = "incomplete";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
}
