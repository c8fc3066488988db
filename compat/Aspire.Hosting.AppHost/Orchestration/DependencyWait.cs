using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Waits until a dependency is as a resource needs it: all of its replicas.</summary>
internal static class DependencyWait
{
    /// <exception cref="DistributedApplicationException">It will not come to that.</exception>
    public static async Task RunAsync(WaitAnnotation dependency, ResourceNotificationService notifications, CancellationToken cancellationToken)
    {
        foreach (var id in notifications.IdsOf(dependency.Resource))
        {
            await (dependency.WaitType switch
            {
                WaitType.WaitUntilHealthy => notifications.WaitForResourceHealthyAsync(
                    id, dependency.WaitBehavior ?? notifications.DefaultWaitBehavior, cancellationToken),
                WaitType.WaitUntilStarted => notifications.WaitForResourceAsync(id, KnownResourceStates.Running, cancellationToken),
                WaitType.WaitForCompletion => CompletionAsync(dependency, id, notifications, cancellationToken),
                _ => throw new InvalidOperationException($"The wait type {dependency.WaitType} is unknown."),
            });
        }
    }

    private static async Task CompletionAsync(
        WaitAnnotation dependency, string id, ResourceNotificationService notifications, CancellationToken cancellationToken)
    {
        var end = await notifications.WaitForResourceAsync(
            id, change => change.Snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text), cancellationToken);
        if (end.Snapshot.ExitCode != dependency.ExitCode)
        {
            throw new DistributedApplicationException(
                $"It waits for '{dependency.Resource.Name}' to end with exit code {dependency.ExitCode}, which is {end.Snapshot.State!.Text} with exit code {end.Snapshot.ExitCode}.");
        }
    }
}
