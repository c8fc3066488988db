using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Api.Access;

/// <summary>DynamoDB gone is not an outage: the gateway goes on with the keys it knows. Without keys it cannot serve.</summary>
internal sealed class DynamoHealthCheck(DynamoKeyFeed feed, KeyStore keys) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            !keys.IsLoaded ? HealthCheckResult.Unhealthy("The API keys were not read yet.")
            : feed.IsReachable ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("DynamoDB cannot be reached."));
}
