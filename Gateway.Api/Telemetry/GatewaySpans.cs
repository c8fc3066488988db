using System.Diagnostics;
using Gateway.Api.Routing;
using Gateway.Api.Tools.Calls;
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

    /// <summary>https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/#execute-tool-span</summary>
    public static Activity? StartToolCall(PendingCall call)
    {
        var span = Source.StartActivity(call.Tool is { } tool ? $"execute_tool {tool.Tool.Name}" : "execute_tool", ActivityKind.Internal);
        span?.SetTag("gen_ai.operation.name", "execute_tool").SetTag("gen_ai.tool.name", call.Tool?.Tool.Name).SetTag("gateway.mcp.server", call.Tool?.Server.Name);
        return span;
    }
}
