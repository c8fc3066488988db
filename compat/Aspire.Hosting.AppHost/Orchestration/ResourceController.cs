using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Endpoints;
using Aspire.Hosting.Health;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Starts and stops one resource that has processes, when its dependencies allow and as often as it is told to.</summary>
internal sealed partial class ResourceController : IDisposable
{
    private readonly IResource _resource;
    private readonly ResourceServices _services;
    private readonly ResourceEndpoints _endpoints;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private string? _failure;
    private CancellationTokenSource? _stopping;
    private Task _run = Task.CompletedTask;

    public ResourceController(IResource resource, bool runsOnce, bool randomizePorts, ResourceServices services)
    {
        _resource = resource;
        _services = services;
        _logger = services.Loggers.GetLogger(resource);
        _endpoints = new ResourceEndpoints(resource, randomizePorts);
        Replicas =
        [
            .. Enumerable.Range(0, resource.GetReplicaCount())
                .Select(_ => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 8))
                .Select(suffix => new ResourceReplica(resource, $"{resource.Name}-{suffix}", _endpoints, runsOnce, services)),
        ];
    }

    public IReadOnlyList<ResourceReplica> Replicas { get; }

    /// <summary>Takes the public ports; a resource that cannot have its own will fail to start, the others go on.</summary>
    public async Task AllocateAsync()
    {
        try
        {
            _endpoints.Allocate();
        }
        catch (DistributedApplicationException exception)
        {
            _failure = exception.Message;
        }

        foreach (var replica in Replicas)
        {
            await replica.PublishAsync(snapshot => snapshot with
            {
                State = KnownResourceStates.NotStarted,
                CreationTimeStamp = _services.Time.GetUtcNow().UtcDateTime,
                Urls = [.. _resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => new UrlSnapshot(endpoint.Name, endpoint.AllocatedEndpoint!.UriString, IsInternal: false))],
            });
        }
    }

    /// <summary>Sets the resource on its way up; without effect while it is.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (_run.IsCompleted)
            {
                _stopping?.Dispose();
                _stopping = new CancellationTokenSource();
                _run = RunAsync(_stopping.Token);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (_stopping is not null)
            {
                await _stopping.CancelAsync();
            }

            await _run;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Kill()
    {
        foreach (var replica in Replicas)
        {
            replica.Kill();
        }
    }

    public void Dispose()
    {
        _endpoints.Dispose();
        _stopping?.Dispose();
        _oneAtATime.Dispose();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        using var monitor = new HealthMonitor(
            _resource, [.. Replicas.Select(replica => replica.Id)], _services.Notifications, _services.Eventing, _services.HealthChecks, _services.Provider, _logger);
        using var monitoring = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var health = Task.CompletedTask;
        try
        {
            await PublishAsync(KnownResourceStates.Starting);
            if (_failure is not null)
            {
                throw new DistributedApplicationException(_failure);
            }

            await WaitForDependenciesAsync(stopping);
            await _services.Eventing.PublishAsync(new BeforeResourceStartedEvent(_resource, _services.Provider), stopping);
            if (_resource is ContainerResource && await _services.Engine.FindAsync() is null)
            {
                NoEngine(_logger, _resource.Name);
                await PublishAsync(new ResourceStateSnapshot(KnownResourceStates.RuntimeUnhealthy, KnownResourceStateStyles.Error));
                return;
            }

            health = monitor.RunAsync(monitoring.Token);
            await Task.WhenAll(Replicas.Select(replica => replica.RunAsync(monitor, stopping)));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || _services.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await PublishAsync(KnownResourceStates.Exited);
        }
        catch (Exception exception)
        {
            // Whatever keeps one resource from starting is that resource's failure; the application goes on.
            FailedToStart(_logger, _resource.Name, exception.Message);
            await PublishAsync(new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error));
        }
        finally
        {
            await monitoring.CancelAsync();
            await health.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task WaitForDependenciesAsync(CancellationToken cancellationToken)
    {
        var dependencies = _resource.Annotations.OfType<WaitAnnotation>().ToList();
        if (dependencies.Count > 0)
        {
            await PublishAsync(KnownResourceStates.Waiting);
            await Task.WhenAll(dependencies.Select(dependency => DependencyWait.RunAsync(dependency, _services.Notifications, cancellationToken)));
            await PublishAsync(KnownResourceStates.Starting);
        }
    }

    private Task PublishAsync(ResourceStateSnapshot? state)
        => Task.WhenAll(Replicas.Select(replica => replica.PublishAsync(snapshot => snapshot with { State = state, Ready = null })));

    [LoggerMessage(1, LogLevel.Error, "'{Resource}' failed to start. {Reason}")]
    private static partial void FailedToStart(ILogger logger, string resource, string reason);

    [LoggerMessage(2, LogLevel.Error, "'{Resource}' is a container, and no container engine answers `docker info`: it is not started.")]
    private static partial void NoEngine(ILogger logger, string resource);
}
