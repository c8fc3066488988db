namespace Aws.Deployment.Synthesis;

/// <summary>What synthesis made.</summary>
/// <param name="Folder">Where it is: <c>cdk deploy --app FOLDER</c> takes it.</param>
/// <param name="Stacks">In the order in which they are deployed.</param>
public sealed record DeploymentAssembly(string Folder, IReadOnlyList<SynthesizedStack> Stacks);
