using Cost.Worker.Configuration;

namespace Cost.Worker.Objectives;

/// <param name="Alias">Null for all.</param>
/// <param name="Requests">Those that count, within the window.</param>
/// <param name="AttainedPercent">The part of them that was good; null without any.</param>
/// <param name="BudgetLeft">The part of the error budget that is left: 1 is all of it, 0 none; below 0 the objective is missed. Null without requests.</param>
/// <param name="BurnRates">How many times faster than it may the budget goes, by window.</param>
internal sealed record ShownObjective(
    string Name, string? Alias, string Indicator, int? Milliseconds, double TargetPercent, int WindowDays,
    long Requests, long BadRequests, double? AttainedPercent, double? BudgetLeft, IReadOnlyDictionary<string, double> BurnRates)
{
    public static ShownObjective Of(Objective objective, DateTimeOffset now)
    {
        var options = objective.Options;
        var (total, bad) = objective.Within(objective.Window, now);
        return new ShownObjective(
            objective.Name, options.Alias, NameOf(options.Indicator!.Value), options.Milliseconds, options.TargetPercent, options.WindowDays, total, bad,
            total == 0 ? null : 100d * (total - bad) / total, total == 0 ? null : 1 - (bad / (total * objective.Allowance)),
            BurnWindow.Spans.ToDictionary(window => window.Name, window => objective.BurnRate(window.Span, now)));
    }

    private static string NameOf(Indicators indicator) => indicator switch
    {
        Indicators.Availability => "availability",
        Indicators.Latency => "latency",
        _ => "first_token",
    };
}
