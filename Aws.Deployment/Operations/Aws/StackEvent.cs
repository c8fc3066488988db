namespace Aws.Deployment.Operations.Aws;

/// <summary>Something that happened to a stack or to one of its resources.</summary>
internal sealed record StackEvent(string Id, string StackName, DateTimeOffset At, string LogicalId, string Type, string Status, string? Reason)
{
    private const string StackType = "AWS::CloudFormation::Stack";

    public bool IsOfStack => Type == StackType && LogicalId == StackName;

    /// <summary>The failure of a resource by itself, and not because another one had failed before.</summary>
    public bool IsCause => StackStatus.IsFailure(Status) && !IsOfStack && Reason?.StartsWith("Resource creation cancelled", StringComparison.Ordinal) is not true;
}
