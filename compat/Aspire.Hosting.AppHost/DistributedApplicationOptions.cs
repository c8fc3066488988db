namespace Aspire.Hosting;

/// <summary>How an application is set up, beyond what configuration says.</summary>
public sealed class DistributedApplicationOptions
{
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly; by default the one that was started.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The directory of the AppHost's project; by default as its build wrote it down.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>Runs without a dashboard. Those that wait for a resource that cannot come up then fail instead of waiting on.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>What the dashboard calls the application; by default the AppHost's assembly name.</summary>
    public string? DashboardApplicationName { get; set; }

    /// <summary>Allows plain HTTP between browser, dashboard and AppHost. Officially refused otherwise; here they meet on this machine only, always over HTTP.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Hands what the resources write to the application's logging, category <c>{App}.Resources.{resource}</c>, instead of to the console.</summary>
    public bool EnableResourceLogging { get; set; }
}
