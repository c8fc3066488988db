using System.Globalization;
using Cost.Worker.Alerts;

namespace Cost.Worker.Objectives;

/// <summary>Error budgets that go too fast.</summary>
internal sealed class ObjectiveRule(ObjectiveBook book) : IAlertRule
{
    public string Name => "objective";

    public bool IsCertain => book.IsRestored;

    public IEnumerable<Finding> Evaluate() => book.IsRestored ? book.Select(FindingOf).OfType<Finding>() : [];

    private Finding? FindingOf(Objective objective, DateTimeOffset now)
    {
        var burning = BurnWindow.All
            .Where(window => objective.Within(window.Long, now).Total >= objective.Options.LeastRequests)
            .Select(window => (Window: window, Rate: Math.Min(objective.BurnRate(window.Long, now), objective.BurnRate(window.Short, now))))
            .ToList();
        if (burning.Count == 0)
        {
            return null;
        }

        // The fastest that is too fast tells it.
        var told = burning.FindIndex(one => one.Rate >= one.Window.Factor);
        var ((_, factor, longer, shorter), rate) = burning[Math.Max(0, told)];
        var shown = ShownObjective.Of(objective, now);
        return new Finding(
            Name, objective.Name,
            string.Create(CultureInfo.InvariantCulture, $"The error budget of {objective.Name} ({shown.TargetPercent} % over {shown.WindowDays} days) goes {rate:0.0} times as fast as it may, over both {BurnWindow.NameOf(longer)} and {BurnWindow.NameOf(shorter)} (threshold {factor}); {(shown.BudgetLeft > 0 ? $"{shown.BudgetLeft:P0}" : "nothing")} of it is left."),
            [.. burning.Select(one => new Level(one.Window.Severity, one.Rate, one.Window.Factor))]);
    }
}
