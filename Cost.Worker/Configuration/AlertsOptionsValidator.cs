using System.Globalization;
using Microsoft.Extensions.Options;

namespace Cost.Worker.Configuration;

/// <summary>Finds all faults of the section at once, each with its key and what is allowed.</summary>
internal static class AlertsOptionsValidator
{
    /// <exception cref="OptionsValidationException">The section is not valid.</exception>
    public static AlertsOptions Read(IConfiguration configuration)
    {
        var options = OptionsReader.Bind<AlertsOptions>(configuration, AlertsOptions.Section);
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? options : throw new OptionsValidationException(AlertsOptions.Section, typeof(AlertsOptions), faults);
    }

    private static IEnumerable<string> Faults(AlertsOptions options)
    {
        var faults = OptionsReader.RangeFaults(AlertsOptions.Section, options);
        foreach (var (name, budget) in options.Budgets)
        {
            faults = faults.Concat(OptionsReader.RangeFaults($"Alerts:Budgets:{name}", budget));
            if (budget is { Key: not null, User: not null } or { Key: not null, Tenant: not null } or { Key: not null, Alias: not null } or { User: not null, Alias: not null })
            {
                faults = faults.Append($"Alerts:Budgets:{name} is of too many; allowed: Key, or User with or without Tenant, or Tenant and Alias, either or both or neither.");
            }
        }

        foreach (var (name, sink) in options.Sinks)
        {
            faults = faults.Concat(SinkOptionsValidator.Faults(name, sink));
        }

        if (options.Gateway is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            faults = faults.Append($"Alerts:Gateway is '{url}'; it must be an http or https address.");
        }

        var thresholds = options.BudgetThresholds;
        return faults
            .Concat(OrderFaults("Alerts:BudgetThresholds", ("Info", thresholds.Info), ("Warning", thresholds.Warning), ("Critical", thresholds.Critical)))
            .Concat(OrderFaults("Alerts:SpendAnomaly", ("Warning", options.SpendAnomaly.Warning), ("Critical", options.SpendAnomaly.Critical)))
            .Concat(OrderFaults("Alerts:ErrorRate", ("Warning", options.ErrorRate.Warning), ("Critical", options.ErrorRate.Critical)))
            .Concat(OrderFaults("Alerts:LedgerLag", ("WarningSeconds", options.LedgerLag.WarningSeconds), ("CriticalSeconds", options.LedgerLag.CriticalSeconds)))
            .Concat(OrderFaults("Alerts:Journal", ("Warning", options.Journal.Warning), ("Critical", options.Journal.Critical)));
    }

    private static IEnumerable<string> OrderFaults(string key, params (string Name, double Value)[] thresholds)
    {
        for (var i = 1; i < thresholds.Length; i++)
        {
            var (lower, higher) = (thresholds[i - 1], thresholds[i]);
            if (higher.Value < lower.Value)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{key}:{higher.Name} is {higher.Value}; it must not be less than {key}:{lower.Name}, which is {lower.Value}.");
            }
        }
    }
}
