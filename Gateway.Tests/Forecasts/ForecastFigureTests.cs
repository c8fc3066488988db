using Cost.Worker.Forecasts.Models;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Forecasts;

/// <summary>What docs/forecasts.md says of forecasts, on 80 synthetic series.</summary>
public sealed class ForecastFigureTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Requirement", "G4.1")]
    public void Forecasts_beat_the_last_week_on_every_class_and_intervals_hold_what_they_say()
    {
        var trials = SyntheticSpend.Classes.AsParallel().AsOrdered().Select(name => (Name: name, Trial: ForecastTrial.Of(name))).ToList();
        foreach (var (name, trial) in trials)
        {
            output.WriteLine($"{name}: MASE {trial.Mase:0.00}, of the last week repeated {trial.NaiveMase:0.00}; {Covered(trial.Inside90, trial.Count)}; {Covered(trial.Inside50, trial.Count)}");
        }

        var count = trials.Sum(one => one.Trial.Count);
        output.WriteLine($"all: MASE {trials.Average(one => one.Trial.Mase):0.00}, of the last week repeated {trials.Average(one => one.Trial.NaiveMase):0.00}; {Covered(Inside90, count)}; {Covered(Inside50, count)}");

        trials.Average(one => one.Trial.Mase).ShouldBeLessThan(1);
        foreach (var (name, trial) in trials)
        {
            trial.Mase.ShouldBeLessThanOrEqualTo(trial.NaiveMase, name);
        }

        for (var horizon = 0; horizon < ForecastTrial.Horizons.Count; horizon++)
        {
            ((double)Inside90(horizon) / count).ShouldBeInRange(0.85, 0.95, $"{ForecastTrial.Horizons[horizon]} days");
            ((double)Inside50(horizon) / count).ShouldBeInRange(0.40, 0.65, $"{ForecastTrial.Horizons[horizon]} days");
        }

        int Inside90(int horizon) => trials.Sum(one => one.Trial.Inside90(horizon));
        int Inside50(int horizon) => trials.Sum(one => one.Trial.Inside50(horizon));
    }

    [Fact]
    public void What_a_backtest_says_of_its_intervals_is_what_they_hold_afterwards()
    {
        var coverage = SyntheticSpend.Classes.SelectMany(name => Enumerable.Range(0, 5).Select(seed => SyntheticSpend.Series(name, seed, 150)))
            .AsParallel().Average(series => SeriesModel.Fit(series, horizon: 30).Coverage!.Value);

        coverage.ShouldBeInRange(0.85, 0.95);
    }

    private static string Covered(Func<int, int> inside, int count) =>
        string.Join(", ", ForecastTrial.Horizons.Select((days, horizon) => $"{days} days {100.0 * inside(horizon) / count:0} %"));
}
