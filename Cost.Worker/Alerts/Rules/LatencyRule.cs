using System.Globalization;
using Cost.Worker.Configuration;
using Cost.Worker.Traffic;

namespace Cost.Worker.Alerts.Rules;

/// <summary>Aliases whose 99th percentile is above the limit, which is to say that more than one request in a hundred is: that is counted exactly.</summary>
internal sealed class LatencyRule(RecentTraffic traffic, AlertsOptions options) : IAlertRule
{
    public string Name => "latency";

    private const double AboveP99 = 0.01;

    public bool IsCertain => traffic.Covers(TimeSpan.FromMinutes(options.Latency.Minutes));

    public IEnumerable<Finding> Evaluate()
    {
        var limits = options.Latency;
        foreach (var (alias, counts) in traffic.Within(TimeSpan.FromMinutes(limits.Minutes)).Where(pair => pair.Value.Answered >= limits.LeastRequests))
        {
            var slow = (double)counts.Slow / counts.Answered;
            var words = slow > AboveP99 ? "above" : "not above";
            yield return new Finding(
                Name, alias, string.Create(CultureInfo.InvariantCulture, $"p99 of {alias} is {words} {limits.Seconds} s: {counts.Slow} of {counts.Answered} requests within {limits.Minutes} min took longer ({slow:P1})."),
                new Level(Severity.Warning, slow, Math.BitIncrement(AboveP99)), new Level(Severity.Critical, slow, limits.CriticalPart));
        }
    }
}
