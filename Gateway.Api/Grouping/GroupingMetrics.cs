using System.Diagnostics.Metrics;
using Gateway.Api.Routing;
using ServiceDefaults.Telemetry;

namespace Gateway.Api.Grouping;

/// <summary>What grouping counts of itself.</summary>
internal sealed class GroupingMetrics
{
    private readonly Histogram<int> _requests;
    private readonly Counter<long> _split;

    public GroupingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Gateway);
        _requests = meter.CreateHistogram<int>("gateway.grouping.requests", "{request}", "Requests that went in one call together.");
        _split = meter.CreateCounter<long>("gateway.grouping.split", "{call}", "Calls for several requests that were of no use, so that each was sent by itself.");
    }

    public void Called(Target target, int requests) => _requests.Record(requests, new KeyValuePair<string, object?>("gateway.target", target.Name));

    public void Split(Target target) => _split.Add(1, new KeyValuePair<string, object?>("gateway.target", target.Name));
}
