using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Telemetry;

/// <summary>Where the telemetry of the resources goes: the dashboard of this run, or as configured where there is none.</summary>
internal sealed class OtlpTarget(IConfiguration configuration)
{
    public const string Setting = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    public const string ApiKeySetting = "AppHost:OtlpApiKey";

    /// <summary>A URL, or an endpoint that will have one. Null where telemetry goes nowhere.</summary>
    public object? Endpoint { get; set; } = Configured(configuration);

    public string? ApiKey { get; set; } = configuration[ApiKeySetting];

    public static string? Configured(IConfiguration configuration)
        => (configuration[Setting] ?? configuration["DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"]) is { Length: > 0 } url ? url : null;
}
