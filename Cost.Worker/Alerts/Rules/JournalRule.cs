using System.Globalization;
using Cost.Worker.Alerts.Gateways;
using Cost.Worker.Configuration;

namespace Cost.Worker.Alerts.Rules;

/// <summary>A gateway's journal that grows because nobody takes its usage.</summary>
internal sealed class JournalRule(GatewayWatch gateway, AlertsOptions options) : IAlertRule
{
    public string Name => "journal";

    public bool IsCertain => gateway.IsKnown && gateway.View.DownSince is null;

    public IEnumerable<Finding> Evaluate()
    {
        if (gateway.View.JournalEvents is { } events)
        {
            yield return new Finding(
                Name, "gateway", string.Create(CultureInfo.InvariantCulture, $"{events} usage events wait in the gateway's journal for the ledger."),
                new Level(Severity.Warning, events, options.Journal.Warning), new Level(Severity.Critical, events, options.Journal.Critical));
        }
    }
}
