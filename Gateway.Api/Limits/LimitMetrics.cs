using System.Diagnostics.Metrics;
using Gateway.Api.Configuration;
using ServiceDefaults.Telemetry;

namespace Gateway.Api.Limits;

/// <summary>What limits and budgets count.</summary>
internal sealed class LimitMetrics
{
    private readonly Counter<long> _refused;
    private readonly Counter<long> _decidedHere;
    private readonly Counter<long> _costActions;
    private readonly Counter<long> _unknownPrices;

    public LimitMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Gateway);
        _refused = meter.CreateCounter<long>("gateway.limits.refused", "{request}", "Requests that came to a limit or budget, by which.");
        _decidedHere = meter.CreateCounter<long>("gateway.limits.unshared", "{request}", "Requests that this process admitted by itself, because Redis was away.");
        _costActions = meter.CreateCounter<long>("gateway.cost_control.actions", "{request}", "Requests that a cost rule changed, by action.");
        _unknownPrices = meter.CreateCounter<long>("gateway.limits.unknown_price", "{request}", "Requests under a budget for a model without a price: nothing is held for them.");
    }

    public void Refused(string limit) => _refused.Add(1, new KeyValuePair<string, object?>("gateway.limit", limit));

    public void DecidedHere() => _decidedHere.Add(1);

    public void Acted(CostAction action) => _costActions.Add(1, new KeyValuePair<string, object?>("gateway.action", action.ToString()));

    public void PriceUnknown(string alias) => _unknownPrices.Add(1, new KeyValuePair<string, object?>("gateway.alias", alias));
}
