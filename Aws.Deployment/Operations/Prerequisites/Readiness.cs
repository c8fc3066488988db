using Aws.Deployment.Operations.Aws;

namespace Aws.Deployment.Operations.Prerequisites;

/// <summary>What was found before a deployment.</summary>
/// <param name="Api">Signed by whoever deploys; null where there are no credentials.</param>
/// <param name="Caller">Whoever deploys; null where the credentials are not good.</param>
/// <param name="HostedZone">The id of the domain's zone; null where there is no domain.</param>
internal sealed record Readiness(AwsApi? Api, Caller? Caller, string? HostedZone, IReadOnlyList<Shortcoming> Shortcomings);
