namespace Gateway.Api.Responses.Replies;

internal enum OutputStatus
{
    InProgress,
    Completed,

    /// <summary>The answer ended in the middle of it.</summary>
    Incomplete,
}
