using Aws.Deployment.Operations.Aws;
using Aws.Deployment.Operations.Cdk;

namespace Aws.Deployment.Operations;

/// <summary>Where what is deployed comes from, and what it is deployed with.</summary>
/// <param name="MakeAsync">Makes packages, page and templates.</param>
/// <param name="ToolAsync">Fetches what brings them to AWS.</param>
internal sealed record DeploySource(Func<CancellationToken, Task<DeployContent>> MakeAsync, Func<AwsSession, CancellationToken, Task<StackTool>> ToolAsync);
