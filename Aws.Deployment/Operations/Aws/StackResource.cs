namespace Aws.Deployment.Operations.Aws;

internal sealed record StackResource(string LogicalId, string PhysicalId, string Type, string Status);
