using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.ResourceService.Messages;

namespace Aspire.Hosting.ResourceService;

/// <summary>What can be done with a resource in a state. Icons are names of Fluent UI's.</summary>
internal static class ResourceCommands
{
    public static IEnumerable<ResourceCommand> Of(IResource resource, string? state)
    {
        if (!KnownResourceTypes.HasProcesses(resource))
        {
            yield break;
        }

        var isDown = state is null || state == KnownResourceStates.NotStarted || KnownResourceStates.TerminalStates.Contains(state);
        var isStopping = state == KnownResourceStates.Stopping;
        yield return Command(KnownResourceCommands.StartCommand, "Start", "Play", "Start the resource", isDown ? ResourceCommandState.Enabled : ResourceCommandState.Hidden);
        yield return Command(
            KnownResourceCommands.StopCommand,
            "Stop",
            "Stop",
            "Stop the resource",
            isDown ? ResourceCommandState.Hidden : isStopping ? ResourceCommandState.Disabled : ResourceCommandState.Enabled);
        yield return Command(
            KnownResourceCommands.RestartCommand,
            "Restart",
            "ArrowCounterclockwise",
            "Stop the resource and start it again",
            isDown || isStopping ? ResourceCommandState.Disabled : ResourceCommandState.Enabled,
            isHighlighted: false);
    }

    private static ResourceCommand Command(
        string name, string displayName, string icon, string description, ResourceCommandState state, bool isHighlighted = true)
        => new() { Name = name, DisplayName = displayName, Icon = icon, Description = description, State = state, IsHighlighted = isHighlighted };
}
