using System.Diagnostics.Metrics;
using ServiceDefaults.Telemetry;

namespace Gateway.Api.Caching;

/// <summary>What the cache counts of itself.</summary>
internal sealed class CacheMetrics
{
    private const double NanosPerUsd = 1e9;

    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Counter<double> _saved;
    private readonly Counter<long> _kept;
    private readonly Counter<long> _evicted;
    private readonly Counter<long> _corrupted;
    private readonly Counter<long> _unavailable;

    public CacheMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(TelemetryNames.Gateway);
        _requests = meter.CreateCounter<long>("gateway.cache.requests", "{request}", "Requests by what the cache was to them: hit, miss, shared (they followed another's call) or bypass.");
        _saved = meter.CreateCounter<double>("gateway.cache.saved_cost", "USD", "What the answers would have cost that needed no call of their own.");
        _kept = meter.CreateCounter<long>("gateway.cache.kept", "By", "Bytes of answers that were kept.");
        _evicted = meter.CreateCounter<long>("gateway.cache.evicted", "{answer}", "Answers that made room for others in memory.");
        _corrupted = meter.CreateCounter<long>("gateway.cache.corrupted", "{answer}", "Values in Redis that were no answer.");
        _unavailable = meter.CreateCounter<long>("gateway.cache.unavailable", "{failure}", "Times that Redis did not answer for the cache.");
    }

    /// <param name="bytes">How much memory kept answers take.</param>
    public void Watch(Func<long> bytes) => _meter.CreateObservableGauge("gateway.cache.memory", bytes, "By", "What answers take that are kept in memory.");

    public void Asked(string result, string alias)
    {
        if (_requests.Enabled)
        {
            _requests.Add(1, new("gateway.cache.result", result), new("gateway.alias", alias));
        }
    }

    public void Saved(long? nanoUsd, string alias)
    {
        if (nanoUsd > 0)
        {
            _saved.Add(nanoUsd.Value / NanosPerUsd, new KeyValuePair<string, object?>("gateway.alias", alias));
        }
    }

    public void Kept(int bytes) => _kept.Add(bytes);

    public void Evicted() => _evicted.Add(1);

    public void Corrupted() => _corrupted.Add(1);

    public void Unavailable() => _unavailable.Add(1);
}
