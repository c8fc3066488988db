using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Says that the dashboard's process has ended by itself: its own lines, and those about it, are kept off the console.</summary>
internal sealed partial class DashboardEnds(ResourceNotificationService notifications, IHostApplicationLifetime lifetime, ILogger<DistributedApplication> logger)
{
    public async Task SayAsync()
    {
        var before = "";
        try
        {
            await foreach (var change in notifications.WatchAsync(lifetime.ApplicationStopping))
            {
                if (change.Resource.Name != DashboardSetup.ResourceName || change.Snapshot.State is not { } state || state.Text == before)
                {
                    continue;
                }

                if (state.Text == KnownResourceStates.Restarting)
                {
                    StartedAgain(logger, change.Snapshot.ExitCode);
                }
                else if (before == KnownResourceStates.Running && KnownResourceStates.TerminalStates.Contains(state.Text))
                {
                    // Whoever tells it to stop is not told: it is Stopping in between.
                    Gone(logger, change.Snapshot.ExitCode);
                }

                before = state.Text;
            }
        }
        catch (OperationCanceledException)
        {
            // So does everything else.
        }
    }

    [LoggerMessage(21, LogLevel.Warning, "The dashboard ended with exit code {ExitCode}; it is started again.")]
    private static partial void StartedAgain(ILogger logger, int? exitCode);

    [LoggerMessage(22, LogLevel.Warning, "The dashboard ended with exit code {ExitCode}; there is none for the rest of this run.")]
    private static partial void Gone(ILogger logger, int? exitCode);
}
