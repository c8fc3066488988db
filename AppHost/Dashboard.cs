using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace AppHost;

/// <summary>Whether Aspire's dashboard is shown, and where: in the options and settings that Aspire reads it from.</summary>
internal static class Dashboard
{
    /// <summary>Asked before there is a builder, so the environment and the command line are read here too. What it says stays on this machine: plain HTTP will do.</summary>
    public static DistributedApplicationOptions Options(string[] args)
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        return new DistributedApplicationOptions
        {
            Args = args,
            DashboardApplicationName = "AI Model Gateway",
            AllowUnsecuredTransport = true,
            DisableDashboard = string.Equals(settings["Dashboard:Enabled"], "false", StringComparison.OrdinalIgnoreCase),
        };
    }

    public static void Place(IDistributedApplicationBuilder builder, int port)
    {
        builder.Configuration["ASPNETCORE_URLS"] = $"http://localhost:{port}";
        builder.Configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ??= "http://localhost:18889";

        // Telemetry then leaves the services each second: who has just sent a request wants to see it now.
        builder.Environment.EnvironmentName = Environments.Development;
    }

    /// <summary>Where the dashboard shows a trace, for whoever links to one by its id.</summary>
    public static string TraceUrl(IConfiguration settings) => $"{settings["ASPNETCORE_URLS"]}/traces/detail/{{trace_id}}";
}
