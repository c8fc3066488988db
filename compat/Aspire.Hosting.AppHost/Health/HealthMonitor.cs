using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Health;

/// <summary>Follows one resource's health from its start to its stop, and says once when it is ready.</summary>
internal sealed partial class HealthMonitor(
    IResource resource,
    IReadOnlyList<string> replicas,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    HealthCheckService healthChecks,
    IServiceProvider services,
    ILogger logger) : IDisposable
{
    private static readonly TimeSpan WhileUnhealthy = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _changed = new(0);
    private readonly ImmutableHashSet<string> _keys = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key)];

    /// <summary>What a replica's reports are until the first check after its start.</summary>
    public ImmutableArray<HealthReportSnapshot> Unknown => [.. _keys.Select(key => new HealthReportSnapshot(key, null, null, null))];

    /// <summary>A replica was started again: check now.</summary>
    public void Recheck() => _changed.Release();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var replica in replicas)
        {
            await notifications.WaitForResourceAsync(replica, KnownResourceStates.Running, cancellationToken);
        }

        for (var ready = false; !_keys.IsEmpty || !ready;)
        {
            var healthy = await CheckAsync(cancellationToken);
            if (healthy && !ready)
            {
                ready = true;
                _ = PublishReadyAsync(cancellationToken);
            }

            if (!_keys.IsEmpty)
            {
                await _changed.WaitAsync(healthy ? WhileHealthy : WhileUnhealthy, cancellationToken);
            }
        }
    }

    public void Dispose() => _changed.Dispose();

    private async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        if (_keys.IsEmpty)
        {
            return true;
        }

        var result = await healthChecks.CheckHealthAsync(check => _keys.Contains(check.Name), cancellationToken);
        ImmutableArray<HealthReportSnapshot> reports =
            [.. result.Entries.Select(entry => new HealthReportSnapshot(entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Exception?.ToString()))];
        foreach (var replica in replicas)
        {
            if (notifications.TryGetCurrentState(replica, out var state) && !state.Snapshot.HealthReports.SequenceEqual(reports))
            {
                await notifications.PublishUpdateAsync(resource, replica, snapshot => snapshot with { HealthReports = reports });
            }
        }

        return result.Status == HealthStatus.Healthy;
    }

    private async Task PublishReadyAsync(CancellationToken cancellationToken)
    {
        var subscribers = eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken);
        foreach (var replica in replicas)
        {
            await notifications.PublishUpdateAsync(resource, replica, snapshot => snapshot with { Ready = subscribers });
        }

        try
        {
            await subscribers;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            ReadySubscriberFailed(logger, resource.Name, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A subscriber of the ready event of '{Resource}' failed.")]
    private static partial void ReadySubscriberFailed(ILogger logger, string resource, Exception exception);
}
