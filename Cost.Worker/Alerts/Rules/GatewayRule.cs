using System.Globalization;
using Cost.Worker.Alerts.Gateways;

namespace Cost.Worker.Alerts.Rules;

/// <summary>A gateway that does not answer.</summary>
internal sealed class GatewayRule(GatewayWatch gateway, TimeProvider time) : IAlertRule
{
    public string Name => "gateway_down";

    private const double WarningSeconds = 3;
    private const double CriticalSeconds = 30;

    // Services start together, and this one may be first.
    private const double StartSeconds = 60;

    public bool IsCertain => gateway.IsKnown;

    public IEnumerable<Finding> Evaluate()
    {
        if (gateway.View is { DownSince: { } since, Trouble: var trouble })
        {
            var seconds = (time.GetUtcNow() - since).TotalSeconds;
            var patience = gateway.IsKnown ? 0 : StartSeconds;
            yield return new Finding(
                Name, "gateway", string.Create(CultureInfo.InvariantCulture, $"The gateway has not answered for {seconds:0} s: {trouble}"),
                new Level(Severity.Warning, seconds, patience + WarningSeconds), new Level(Severity.Critical, seconds, patience + CriticalSeconds));
        }
    }
}
