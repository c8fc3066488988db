using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cost.Worker.Intake;

/// <summary>A ledger that cannot be written is no outage: usage waits in Redis, and reports are still given.</summary>
internal sealed class LedgerHealthCheck(IntakeState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.Trouble is { What: IntakeTrouble.Ledger, Reason: var reason } ? HealthCheckResult.Degraded(reason) : HealthCheckResult.Healthy());
}
