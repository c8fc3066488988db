namespace Aws.Deployment.Operations.Aws;

/// <summary>What the statuses of stacks and resources say (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html).</summary>
internal static class StackStatus
{
    public const string DeleteComplete = "DELETE_COMPLETE";
    public const string DeleteFailed = "DELETE_FAILED";
    public const string DeleteSkipped = "DELETE_SKIPPED";
    public const string RollbackFailed = "ROLLBACK_FAILED";
    public const string UpdateRollbackFailed = "UPDATE_ROLLBACK_FAILED";

    /// <summary>Something is under way. A stack in review is only the shell of a change set that was never carried out.</summary>
    public static bool IsInProgress(string status) => status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) && status != "REVIEW_IN_PROGRESS";

    public static bool IsFailure(string status) => status.EndsWith("_FAILED", StringComparison.Ordinal);
}
