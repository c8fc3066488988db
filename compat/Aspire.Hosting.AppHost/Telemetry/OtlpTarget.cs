using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Telemetry;

/// <summary>Where the telemetry of the resources goes: the dashboard of this run, or as configured where there is none.</summary>
internal sealed class OtlpTarget(IConfiguration configuration, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public const string Setting = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    public const string ApiKeySetting = "AppHost:OtlpApiKey";

    /// <summary>A URL, or an endpoint that will have one. Null where telemetry goes nowhere.</summary>
    public object? Endpoint { get; set; } = Configured(configuration);

    public string? ApiKey { get; set; } = configuration[ApiKeySetting];

    /// <summary>Ends when it is known whether there is an <see cref="Endpoint"/>.</summary>
    public Task Decision { get; set; } = Task.CompletedTask;

    /// <summary>Whether a resource was started before the decision, and so without an endpoint.</summary>
    public bool WasMissed { get; private set; }

    /// <summary>Waits for the decision, but not so long that a slow network keeps the application from starting.</summary>
    public async Task UntilDecidedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Decision.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            WasMissed = true;
        }
    }

    public static string? Configured(IConfiguration configuration)
        => (configuration[Setting] ?? configuration["DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"]) is { Length: > 0 } url ? url : null;
}
