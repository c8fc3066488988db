using System.Globalization;
using Cost.Worker.Configuration;
using Cost.Worker.Traffic;

namespace Cost.Worker.Alerts.Rules;

/// <summary>Spend of the last hour that is far above the hours before.</summary>
internal sealed class SpendAnomalyRule(SpendBook spend, AlertsOptions options) : IAlertRule
{
    public string Name => "spend_anomaly";

    /// <summary>Makes a median absolute deviation a standard deviation where values are normal.</summary>
    private const decimal OfNormal = 1.4826m;

    // Hours that hardly differ would make an anomaly of every cent.
    private const decimal LeastSpread = 0.1m;
    private const int LeastHours = 24;
    private const string All = "all";

    public bool IsCertain => spend.CoversAnHour;

    public IEnumerable<Finding> Evaluate()
    {
        var limits = options.SpendAnomaly;
        foreach (var hours in spend.Hours(limits.HistoryHours).Where(hours => hours.BeforeUsd.Count >= LeastHours && hours.LastUsd >= limits.LeastUsd))
        {
            var median = Median(hours.BeforeUsd);
            var spread = Math.Max(OfNormal * Median([.. hours.BeforeUsd.Select(usd => Math.Abs(usd - median))]), Math.Max(LeastSpread * median, limits.LeastUsd / (decimal)limits.Warning));
            var score = (double)((hours.LastUsd - median) / spread);
            var whose = hours.Tenant is null ? "all tenants together" : $"the tenant {hours.Tenant}";
            yield return new Finding(
                Name, hours.Tenant is null ? All : $"tenant {hours.Tenant}",
                string.Create(CultureInfo.InvariantCulture, $"{hours.LastUsd:0.00} USD were spent within the last hour by {whose}; the median of the {hours.BeforeUsd.Count} hours before is {median:0.00} USD (robust z-score {score:0.0})."),
                new Level(Severity.Warning, score, limits.Warning), new Level(Severity.Critical, score, limits.Critical));
        }
    }

    internal static decimal Median(IReadOnlyCollection<decimal> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
