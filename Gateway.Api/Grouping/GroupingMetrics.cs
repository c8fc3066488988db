using System.Diagnostics.Metrics;
using Gateway.Api.Routing;
using ServiceDefaults.Telemetry;

namespace Gateway.Api.Grouping;

/// <summary>What grouping counts of itself.</summary>
internal sealed class GroupingMetrics
{
    private static readonly int[] Sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048];

    private readonly Histogram<int> _requests;
    private readonly Counter<long> _split;

    public GroupingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Gateway);
        _requests = meter.CreateHistogram("gateway.grouping.requests", "{request}", "Requests that went in one call together.", [], new InstrumentAdvice<int> { HistogramBucketBoundaries = Sizes });
        _split = meter.CreateCounter<long>("gateway.grouping.split", "{call}", "Calls for several requests that were of no use, so that each was sent by itself.");
    }

    public void Called(Target target, int requests) => _requests.Record(requests, new KeyValuePair<string, object?>("gateway.target", target.Name));

    public void Split(Target target) => _split.Add(1, new KeyValuePair<string, object?>("gateway.target", target.Name));
}
