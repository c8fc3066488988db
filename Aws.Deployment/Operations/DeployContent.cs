using Aws.Deployment.Operations.Cdk;
using Aws.Deployment.Packages;

namespace Aws.Deployment.Operations;

/// <summary>What is deployed.</summary>
/// <param name="Services">What images are made of.</param>
/// <param name="Packages">What they are tagged after.</param>
/// <param name="PageFolder">The files of the demo page.</param>
internal sealed record DeployContent(CloudAssembly Assembly, PublishedServices Services, IReadOnlyList<Package> Packages, string PageFolder);
