using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Gateway.Api.Access;

/// <summary>Redis gone is not an outage: the gateway goes on with what it knows and says that it is degraded. Without keys it cannot serve.</summary>
internal sealed class RedisHealthCheck(IConnectionMultiplexer redis, KeyStore keys) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            !keys.IsLoaded ? HealthCheckResult.Unhealthy("The API keys were not read yet.")
            : redis.IsConnected ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("Redis cannot be reached."));
}
