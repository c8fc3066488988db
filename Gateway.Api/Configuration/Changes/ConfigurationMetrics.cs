using System.Diagnostics.Metrics;
using ServiceDefaults.Telemetry;

namespace Gateway.Api.Configuration.Changes;

/// <summary>What is counted of changes, and which version a replica has in force: they should all show the same.</summary>
internal sealed class ConfigurationMetrics
{
    public ConfigurationMetrics(LiveConfiguration live, IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Gateway);
        var changed = meter.CreateCounter<long>("gateway.configuration.changes", "{change}", "Changes of configuration that came into force.");
        var refused = meter.CreateCounter<long>("gateway.configuration.refused", "{change}", "Changes of configuration that were refused, by source.");
        meter.CreateObservableGauge("gateway.configuration.version", () => live.Version?.Version ?? 0, "{version}", "The version of what was put at /admin/config that is in force; 0 where nothing is.");
        live.Changed += _ => changed.Add(1);
        live.Refused += change => refused.Add(1, new KeyValuePair<string, object?>("gateway.source", change.Source));
    }
}
