using Cost.Worker.Alerts.Gateways;

namespace Cost.Worker.Alerts.Rules;

/// <summary>Targets that do not serve: a warning where another one of the alias does, critical where none is left. What an open circuit already says is not said twice.</summary>
internal sealed class TargetRule(GatewayWatch gateway) : IAlertRule
{
    public string Name => "target_down";

    public bool IsCertain => gateway.IsKnown && gateway.View is { DownSince: null } view && view.Targets.All(target => target.IsSettled);

    public IEnumerable<Finding> Evaluate()
    {
        foreach (var alias in gateway.View.Targets.GroupBy(target => target.Alias))
        {
            var isServed = alias.Any(target => target.IsAvailable && !target.IsDown);
            foreach (var target in alias)
            {
                var subject = $"{target.Alias} {target.Target}";
                if (target.IsDown && !(isServed && target.IsCircuitOpen))
                {
                    var why = target.Reason ?? $"its last {target.FailedInARow} attempts failed.";
                    yield return Finding.Of(
                        Name, subject, isServed ? Severity.Warning : Severity.Critical,
                        $"{target.Target} does not serve {target.Alias}{(isServed ? "; other targets do" : ", and no other target does")}: {why}");
                }
                else if (target.IsSettled)
                {
                    yield return Finding.InOrder(Name, subject);
                }
            }
        }
    }
}
