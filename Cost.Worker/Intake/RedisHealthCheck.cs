using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Cost.Worker.Intake;

/// <summary>Without Redis nothing comes in; what was kept is still reported.</summary>
internal sealed class RedisHealthCheck(IConnectionMultiplexer redis, IntakeState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(redis.IsConnected && state.Trouble is not { What: IntakeTrouble.Redis } ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("Redis cannot be reached."));
}
