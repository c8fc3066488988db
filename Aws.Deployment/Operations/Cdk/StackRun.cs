namespace Aws.Deployment.Operations.Cdk;

/// <summary>Brings stacks to what an assembly says, such as <see cref="CdkCommand.DeployAsync"/>.</summary>
/// <param name="parameters">Such as <c>stack:Name=value</c>.</param>
internal delegate Task<ToolResult?> StackRun(CloudAssembly assembly, IReadOnlyList<StackArtifact> stacks, IReadOnlyList<string> parameters, CancellationToken cancellationToken);
