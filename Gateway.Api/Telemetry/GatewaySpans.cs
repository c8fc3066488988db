using System.Diagnostics;
using Gateway.Api.Routing;
using ServiceDefaults.Telemetry;

namespace Gateway.Api.Telemetry;

/// <summary>The gateway's own spans; they cost nothing where no trace is exported.</summary>
internal static class GatewaySpans
{
    private static readonly ActivitySource Source = new(TelemetryNames.Gateway);

    public static Activity? StartAttempt(Target target, int number)
    {
        var span = Source.StartActivity("attempt", ActivityKind.Internal);
        span?.SetTag("gateway.target", target.Name).SetTag("gateway.attempt", number);
        return span;
    }
}
