using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Endpoints;
using Aspire.Hosting.Health;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>One replica of a resource: a process that is started again when it crashes, until it ends by itself or is stopped.</summary>
internal sealed partial class ResourceReplica(IResource resource, string id, ResourceEndpoints endpoints, bool runsOnce, ResourceServices services)
{
    private readonly ResourceLog _log = services.Loggers.LogOf(resource.GetReplicaCount() > 1 ? id : resource.Name);
    private SupervisedProcess? _process;

    public string Id { get; } = id;

    public async Task RunAsync(HealthMonitor health, CancellationToken stopping)
    {
        var delay = new RestartDelay();
        while (true)
        {
            var started = services.Time.GetTimestamp();
            var exitCode = await RunOnceAsync(health, stopping);
            if (stopping.IsCancellationRequested || exitCode == 0 || runsOnce)
            {
                await PublishAsync(snapshot => snapshot with
                {
                    State = exitCode == 0 && resource is not ContainerResource ? KnownResourceStates.Finished : KnownResourceStates.Exited,
                });
                return;
            }

            var wait = delay.Next(services.Time.GetElapsedTime(started));
            Crashed(_log, Id, exitCode, wait.TotalSeconds);
            await PublishAsync(snapshot => snapshot with { State = new(KnownResourceStates.Restarting, KnownResourceStateStyles.Warn) });
            await Task.Delay(wait, services.Time, stopping);
        }
    }

    public void Kill() => _process?.Kill();

    public Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
        => services.Notifications.PublishUpdateAsync(resource, Id, change);

    private async Task<int> RunOnceAsync(HealthMonitor health, CancellationToken stopping)
    {
        var ports = endpoints.TakeTargetPorts();
        var spec = await services.Specs.CreateAsync(resource, Id, ports, stopping);
        _process = SupervisedProcess.Start(spec, _log.Write);
        endpoints.Connect(ports);
        try
        {
            using var stop = stopping.Register(() => Stop(_process));
            var processId = await _process.Id;
            await PublishAsync(snapshot => snapshot with
            {
                State = stopping.IsCancellationRequested ? snapshot.State : new(KnownResourceStates.Running, KnownResourceStateStyles.Success),
                StartTimeStamp = services.Time.GetUtcNow().UtcDateTime,
                StopTimeStamp = null,
                ExitCode = null,
                EnvironmentVariables = [.. spec.Environment.Select(variable => new EnvironmentVariableSnapshot(variable.Key, variable.Value, IsFromSpec: true))],
                HealthReports = health.Unknown,
                Properties = [.. Properties(spec, processId)],
            });
            health.Recheck();
            return await _process.Exited;
        }
        finally
        {
            endpoints.Disconnect(ports);
            var exitCode = await _process.Exited;
            await PublishAsync(snapshot => snapshot with { ExitCode = exitCode, StopTimeStamp = services.Time.GetUtcNow().UtcDateTime });
        }
    }

    private void Stop(SupervisedProcess process)
    {
        _ = PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Stopping });
        process.Stop();
    }

    private ImmutableArray<ResourcePropertySnapshot> Properties(ProcessSpec spec, int processId) =>
    [
        .. KnownResourceTypes.SourceOf(resource),
        new("executable.path", spec.FileName),
        new("executable.pid", processId),
        new("executable.args", string.Join(' ', spec.Arguments)) { IsSensitive = true },
        new("executable.workDir", spec.WorkingDirectory),
    ];

    [LoggerMessage(1, LogLevel.Error, "{Replica} ended with exit code {ExitCode}; it is started again in {Seconds} s.")]
    private static partial void Crashed(ILogger logger, string replica, int exitCode, double seconds);
}
