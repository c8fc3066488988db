using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Dashboard;

/// <summary>Applications that have a dashboard, as far as its tools allow.</summary>
internal static class DashboardHost
{
    public static IDistributedApplicationTestingBuilder CreateBuilder(LineProvider lines, params string[] args)
    {
        var builder = DistributedApplicationTestingBuilder.Create(args, (options, _) =>
        {
            options.AssemblyName = "AppHost";
            options.DisableDashboard = false;
            options.AllowUnsecuredTransport = true;
        });
        builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(lines));
        return builder;
    }

    /// <summary>What the host itself has said of the dashboard.</summary>
    public static IEnumerable<string> Said(this LineProvider lines, LogLevel level)
        => lines.Written.Where(line => line.Category == typeof(DistributedApplication).FullName && line.Level == level).Select(line => line.Text);
}
