using System.Diagnostics.Metrics;
using ServiceDefaults.Telemetry;

namespace Gateway.Api.Tools.Calls;

/// <summary>What the gateway counts of the tools that it calls.</summary>
internal sealed class ToolMetrics
{
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };

    private static readonly InstrumentAdvice<int> Rounds = new() { HistogramBucketBoundaries = [1, 2, 3, 4, 6, 8, 12, 16, 32] };

    private readonly Histogram<double> _calls;
    private readonly Histogram<int> _rounds;
    private readonly Counter<long> _stopped;

    public ToolMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Gateway);
        _calls = meter.CreateHistogram("gateway.tool.duration", "s", "Calls of tools of MCP servers, by outcome.", advice: Seconds);
        _rounds = meter.CreateHistogram("gateway.tool.rounds", "{round}", "How often a model was called for a request whose tools the gateway calls.", advice: Rounds);
        _stopped = meter.CreateCounter<long>("gateway.tool.stopped", "{request}", "Requests that were at a bound of Gateway:ToolLoop.");
    }

    // What a model invents is nobody's name.
    public void Called(FinishedCall call) => Called(call.Call.Tool?.Server.Name ?? "none", call.Call.Tool?.Tool.Name ?? "unknown", call.Duration, call.Error is null);

    public void Called(string server, string tool, TimeSpan duration, bool isOk) =>
        _calls.Record(duration.TotalSeconds, new("gateway.mcp.server", server), new("gen_ai.tool.name", tool), new("gateway.outcome", isOk ? "ok" : "error"));

    public void Ended(ToolActivity activity)
    {
        _rounds.Record(activity.Rounds);
        if (activity.Stopped is { } bound)
        {
            _stopped.Add(1, new KeyValuePair<string, object?>("gateway.tool.bound", bound));
        }
    }
}
