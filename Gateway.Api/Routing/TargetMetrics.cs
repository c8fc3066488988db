using System.Diagnostics.Metrics;
using ServiceDefaults.Telemetry;

namespace Gateway.Api.Routing;

/// <summary>How targets fare at present, each once, whatever aliases it serves.</summary>
internal sealed class TargetMetrics
{
    private readonly Router _router;

    public TargetMetrics(Router router, IMeterFactory meters)
    {
        _router = router;
        var meter = meters.Create(TelemetryNames.Gateway);
        meter.CreateObservableGauge("gateway.circuit.state", () => Of(target => StateOf(target.Health.Circuit)), "{state}", "Circuits of targets: 0 closed, 1 half open, 2 open, which gets no requests.");
        meter.CreateObservableGauge("gateway.target.requests", () => Of(target => target.Health.Load.InFlight), "{request}", "Requests that targets work on.");
    }

    private IEnumerable<Measurement<int>> Of(Func<Target, int> value) =>
        from target in _router.ConfiguredRoutes().SelectMany(route => route.Targets).DistinctBy(target => target.Name)
        select new Measurement<int>(value(target), new KeyValuePair<string, object?>("gateway.target", target.Name));

    private static int StateOf(Circuit circuit) => circuit.State switch
    {
        "closed" => 0,
        "half_open" => 1,
        _ => 2,
    };
}
