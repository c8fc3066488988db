namespace Aws.Deployment.Operations.Cdk;

/// <summary>What stacks are brought to AWS with: <see cref="CdkCommand"/>.</summary>
/// <param name="BootstrapAsync">Takes account and region.</param>
internal sealed record StackTool(StackRun DeployAsync, Func<string, string, CancellationToken, Task> BootstrapAsync);
