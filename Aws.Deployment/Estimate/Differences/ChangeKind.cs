namespace Aws.Deployment.Estimate.Differences;

/// <summary>What becomes of a resource.</summary>
internal enum ChangeKind
{
    Added,
    Removed,
    Changed,
}
