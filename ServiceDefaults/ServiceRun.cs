using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults;

/// <summary>Runs a service and says how it went.</summary>
public static class ServiceRun
{
    /// <summary>
    /// Runs until the service is told to stop. The exit code is 0 where that was in order, and 1 where a fault of its own ended it: the
    /// host then stops as if it had been asked to, and whoever watches the process would not start it again.
    /// </summary>
    public static async Task<int> RunToExitCodeAsync(this WebApplication app)
    {
        var background = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();
        await app.RunAsync();
        return background.Any(service => service.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
    }
}
