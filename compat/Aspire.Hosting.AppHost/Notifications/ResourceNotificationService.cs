using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The state of all resources, and a way to wait for a change. Names and ids are compared whatever their case.</summary>
public class ResourceNotificationService
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ChannelWriter<ResourceEvent>> _watchers = [];
    private readonly IHostApplicationLifetime _lifetime;

    internal ResourceNotificationService(IHostApplicationLifetime lifetime, WaitBehavior defaultWaitBehavior)
    {
        _lifetime = lifetime;
        DefaultWaitBehavior = defaultWaitBehavior;
    }

    internal WaitBehavior DefaultWaitBehavior { get; }

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
        => PublishUpdateAsync(resource, resource.Name, stateFactory);

    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_lock)
        {
            var snapshot = stateFactory(_current.TryGetValue(resourceId, out var last) ? last.Snapshot : InitialSnapshot(resource));
            var change = _current[resourceId] = new ResourceEvent(resource, resourceId, snapshot);
            foreach (var watcher in _watchers)
            {
                watcher.TryWrite(change);
            }
        }

        return Task.CompletedTask;
    }

    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_lock)
        {
            return _current.TryGetValue(resourceId, out resourceEvent)
                || (resourceEvent = _current.Values.FirstOrDefault(state => Matches(state, resourceId))) is not null;
        }
    }

    /// <summary>The state of every resource as it is now, then every change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>(new UnboundedChannelOptions { SingleReader = true });
        lock (_lock)
        {
            foreach (var state in _current.Values)
            {
                channel.Writer.TryWrite(state);
            }

            _watchers.Add(channel.Writer);
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(channel.Writer);
            }
        }
    }

    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _lifetime.ApplicationStopping);
        await foreach (var change in WatchAsync(either.Token))
        {
            if (Matches(change, resourceName) && predicate(change))
            {
                return change;
            }
        }

        throw new OperationCanceledException($"The wait for the resource '{resourceName}' was cancelled.");
    }

    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reached = await WaitForResourceAsync(
            resourceName, change => change.Snapshot.State is { } state && states.Contains(state.Text), cancellationToken);
        return reached.Snapshot.State!.Text;
    }

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default)
        => WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
        => WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <exception cref="DistributedApplicationException">The resource cannot come up, and the behaviour is to stop then.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var change = await WaitForResourceAsync(
            resourceName,
            change => change.Snapshot is { HealthStatus: HealthStatus.Healthy, Ready: not null }
                || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && IsUnavailable(change)),
            cancellationToken);
        if (IsUnavailable(change))
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for the resource '{resourceName}' to become healthy: its state is {change.Snapshot.State!.Text}.");
        }

        await change.Snapshot.Ready!.WaitAsync(cancellationToken);
        return change;
    }

    /// <summary>The replicas of a resource, or its name where it has none.</summary>
    internal IReadOnlyList<string> IdsOf(IResource resource)
    {
        lock (_lock)
        {
            var ids = _current.Values.Where(state => state.Resource == resource).Select(state => state.ResourceId).ToList();
            return ids.Count > 0 ? ids : [resource.Name];
        }
    }

    private static CustomResourceSnapshot InitialSnapshot(IResource resource)
        => resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var given)
            ? given.InitialSnapshot
            : new CustomResourceSnapshot { ResourceType = KnownResourceTypes.Of(resource), Properties = [] };

    private static bool IsUnavailable(ResourceEvent change)
        => change.Snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text);

    private static bool Matches(ResourceEvent change, string resourceName)
        => string.Equals(change.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase)
            || string.Equals(change.ResourceId, resourceName, StringComparison.OrdinalIgnoreCase);
}
