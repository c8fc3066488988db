using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Api.Metering.Journal;

/// <summary>Usage that waits is no outage: the gateway goes on and says that it is degraded.</summary>
internal sealed class JournalHealthCheck(JournalService journal, JournalSettings settings) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            journal.IsRefused ? HealthCheckResult.Degraded("The usage journal cannot be written.")
            : journal.OldestAge > settings.DegradedAfter ? HealthCheckResult.Degraded("Usage events wait too long for their acknowledgement.")
            : HealthCheckResult.Healthy());
}
