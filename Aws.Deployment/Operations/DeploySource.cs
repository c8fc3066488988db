using Aws.Deployment.Operations.Aws;
using Aws.Deployment.Operations.Cdk;
using Aws.Deployment.Packages;

namespace Aws.Deployment.Operations;

/// <summary>What is deployed, and with what.</summary>
/// <param name="MakeAsync">Makes packages and templates.</param>
/// <param name="ToolAsync">Fetches what brings them to AWS.</param>
/// <param name="PageFolder">The files of the demo page; null where there are none.</param>
internal sealed record DeploySource(
    Func<CancellationToken, Task<(CloudAssembly Assembly, IReadOnlyList<Package> Packages)>> MakeAsync,
    Func<AwsSession, CancellationToken, Task<StackTool>> ToolAsync,
    string? PageFolder);
