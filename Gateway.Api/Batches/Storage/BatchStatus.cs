namespace Gateway.Api.Batches.Storage;

/// <summary>How far a batch is, in OpenAI's words (https://platform.openai.com/docs/guides/batch#4-check-the-status-of-a-batch).</summary>
internal enum BatchStatus
{
    Validating,
    InProgress,
    Finalizing,
    Completed,
    Failed,
    Expired,
    Cancelling,
    Cancelled,
}
