using Cost.Worker.Alerts.Gateways;

namespace Cost.Worker.Alerts.Rules;

/// <summary>Targets that the gateway leaves alone.</summary>
internal sealed class CircuitRule(GatewayWatch gateway) : IAlertRule
{
    public string Name => "circuit_open";

    public bool IsCertain => gateway.IsKnown && gateway.View.DownSince is null;

    public IEnumerable<Finding> Evaluate() =>
        gateway.View.Targets.Where(target => target.IsCircuitOpen).DistinctBy(target => target.Target).Select(target => Finding.Of(
            Name, target.Target, Severity.Warning, $"The circuit of {target.Target} is {target.Circuit.Replace('_', ' ')}{(target.Reason is null ? "." : $": {target.Reason}")}"));
}
