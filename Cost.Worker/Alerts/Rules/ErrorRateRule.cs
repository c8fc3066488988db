using System.Globalization;
using Cost.Worker.Configuration;
using Cost.Worker.Traffic;

namespace Cost.Worker.Alerts.Rules;

/// <summary>Aliases whose requests fail.</summary>
internal sealed class ErrorRateRule(RecentTraffic traffic, AlertsOptions options) : IAlertRule
{
    public string Name => "error_rate";

    public bool IsCertain => traffic.Covers(TimeSpan.FromMinutes(options.ErrorRate.Minutes));

    public IEnumerable<Finding> Evaluate()
    {
        var limits = options.ErrorRate;
        foreach (var (alias, counts) in traffic.Within(TimeSpan.FromMinutes(limits.Minutes)).Where(pair => pair.Value.Requests >= limits.LeastRequests))
        {
            var rate = (double)counts.Failed / counts.Requests;
            yield return new Finding(
                Name, alias, string.Create(CultureInfo.InvariantCulture, $"{counts.Failed} of {counts.Requests} requests for {alias} failed within {limits.Minutes} min ({rate:P1})."),
                new Level(Severity.Warning, rate, limits.Warning), new Level(Severity.Critical, rate, limits.Critical));
        }
    }
}
