using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Api.Limits.Shared;

/// <summary>Without Redis limits are kept by each replica for itself: degraded, and able to serve.</summary>
internal sealed class LimitsHealthCheck(RedisLimits limits) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(limits.IsUp ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("Limits are counted by each replica for itself."));
}
