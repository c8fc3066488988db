using System.Diagnostics.Metrics;

namespace ServiceDefaults.Telemetry;

/// <summary>The activity sources, meters and instruments that leave a service of the product: each is named, never "*".</summary>
public static class TelemetryNames
{
    /// <summary>Activity source and meter of the gateway.</summary>
    public const string Gateway = "Gateway.Api";

    /// <summary>Activity source and meter of the simulated model server.</summary>
    public const string LocalModel = "Local.Model";

    /// <summary>Meter of the cost worker.</summary>
    public const string CostWorker = "Cost.Worker";

    /// <summary>Meter of what every service has.</summary>
    internal const string ServiceDefaults = "ServiceDefaults";

    /// <summary>How long each request took, whatever it was: https://opentelemetry.io/docs/specs/semconv/http/http-metrics/</summary>
    internal const string RequestDuration = "http.server.request.duration";

    /// <summary>Activity source and meter of the MCP SDK: https://opentelemetry.io/docs/specs/semconv/gen-ai/mcp/</summary>
    private const string ModelContextProtocol = "Experimental.ModelContextProtocol";

    internal static readonly string[] ProductSources = [Gateway, LocalModel, CostWorker, ServiceDefaults];

    internal static readonly string[] FrameworkSources = ["Microsoft.AspNetCore", "System.Net.Http", "OpenTelemetry.Instrumentation.StackExchangeRedis", ModelContextProtocol];

    internal static readonly string[] FrameworkMeters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", ModelContextProtocol];

    /// <summary>
    /// What of .NET's own, and of the MCP SDK's, is kept: what says whether a service is well, and is measured seldom or anyway
    /// (https://learn.microsoft.com/dotnet/core/diagnostics/built-in-metrics).
    /// </summary>
    internal static readonly string[] FrameworkInstruments =
    [
        RequestDuration,
        "kestrel.active_connections",
        "kestrel.queued_connections",
        "kestrel.rejected_connections",
        "dotnet.process.cpu.time",
        "dotnet.process.memory.working_set",
        "dotnet.gc.collections",
        "dotnet.gc.pause.time",
        "dotnet.gc.heap.total_allocated",
        "dotnet.gc.last_collection.heap.size",
        "dotnet.thread_pool.thread.count",
        "dotnet.thread_pool.queue.length",
        "dotnet.exceptions",
        "mcp.server.operation.duration",
    ];

    /// <summary>Whether a reader of metrics is told of it: all instruments of the product's own meters, and of others' those of <see cref="FrameworkInstruments"/>.</summary>
    internal static bool IsKept(Instrument instrument) => ProductSources.Contains(instrument.Meter.Name) || FrameworkInstruments.Contains(instrument.Name);
}
