namespace ServiceDefaults.Telemetry;

/// <summary>The activity sources and meters that leave a service of the product.</summary>
public static class TelemetryNames
{
    /// <summary>Activity source and meter of the gateway.</summary>
    public const string Gateway = "Gateway.Api";

    /// <summary>Activity source and meter of the simulated model server.</summary>
    public const string LocalModel = "Local.Model";

    internal static readonly string[] ProductSources = [Gateway, LocalModel];

    internal static readonly string[] FrameworkSources = ["Microsoft.AspNetCore", "System.Net.Http", "OpenTelemetry.Instrumentation.StackExchangeRedis"];

    internal static readonly string[] FrameworkMeters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];
}
