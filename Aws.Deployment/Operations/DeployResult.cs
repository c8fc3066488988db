using Aws.Deployment.Operations.Cdk;

namespace Aws.Deployment.Operations;

/// <param name="Changed">The stacks that were made or changed.</param>
/// <param name="Outputs">What each stack tells, by its name.</param>
/// <param name="Url">Where the gateway is; null where there is none.</param>
/// <param name="AdminKey">Null where the secret holds none.</param>
internal sealed record DeployResult(
    CloudAssembly Assembly, IReadOnlyList<string> Changed, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Outputs, string? Url, string? AdminKey);
