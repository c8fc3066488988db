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

    /// <summary>https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/#execute-tool-span</summary>
    /// <param name="server">The MCP server.</param>
    /// <param name="tool">The tool; null where the model has invented it.</param>
    public static Activity? StartToolCall(string? server, string? tool)
    {
        var span = Source.StartActivity(tool is null ? "execute_tool" : $"execute_tool {tool}", ActivityKind.Internal);
        span?.SetTag("gen_ai.operation.name", "execute_tool").SetTag("gen_ai.tool.name", tool).SetTag("gateway.mcp.server", server);
        return span;
    }
}
