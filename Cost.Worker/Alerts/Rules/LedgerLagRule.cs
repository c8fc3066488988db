using System.Globalization;
using Cost.Worker.Configuration;
using Cost.Worker.Intake;

namespace Cost.Worker.Alerts.Rules;

/// <summary>Usage that waits to be taken into the ledger.</summary>
internal sealed class LedgerLagRule(IntakeState intake, AlertsOptions options) : IAlertRule
{
    public string Name => "ledger_lag";

    public bool IsCertain => true;

    public IEnumerable<Finding> Evaluate()
    {
        if (intake.Lag is not { } lag)
        {
            yield break;
        }

        var reason = intake.Trouble is { } trouble ? $"{trouble.What}: {trouble.Reason}" : "more comes in than is taken in.";
        yield return new Finding(
            Name, "ledger", string.Create(CultureInfo.InvariantCulture, $"For {lag.TotalSeconds:0} s the ledger has not had all usage that was delivered; {reason}"),
            new Level(Severity.Warning, lag.TotalSeconds, options.LedgerLag.WarningSeconds), new Level(Severity.Critical, lag.TotalSeconds, options.LedgerLag.CriticalSeconds));
    }
}
