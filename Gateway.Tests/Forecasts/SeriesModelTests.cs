using Cost.Worker.Forecasts.Models;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Forecasts;

public sealed class SeriesModelTests
{
    private const int Month = 30;

    [Fact]
    public void Spend_that_is_the_same_every_week_goes_on_so()
    {
        var model = SeriesModel.Fit(Days(70, day => 1 + (day % 7)), Month);

        var week = Sum(model, 7);
        week.Expected.ShouldBe(28, 1e-6);
        (week.Low90, week.High90).ShouldBe((week.Expected, week.Expected));
        model.Mase.ShouldNotBeNull().ShouldBeLessThan(1);
    }

    [Fact]
    public void Of_few_days_it_is_said_that_they_are_few_and_the_interval_is_wide()
    {
        var model = SeriesModel.Fit([10, 10, 10], Month);

        (model.Method, model.Mase, model.Coverage).ShouldBe(("mean", null, null));
        var month = Sum(model, Month);
        month.Expected.ShouldBe(300, 1e-9);
        month.Low90.ShouldBeLessThan(0.2 * month.Expected);
        month.High90.ShouldBeGreaterThan(1.8 * month.Expected);
        Sum(SeriesModel.Fit([10], Month), Month).High90.ShouldBeGreaterThan(4 * month.Expected);
    }

    [Fact]
    public void A_spike_is_no_new_level()
    {
        var model = SeriesModel.Fit(Days(70, day => day == 68 ? 1_000 : Usual(day)), Month);

        Sum(model, 7).Expected.ShouldBe(70, tolerance: 7);
    }

    [Fact]
    public void A_new_level_is_no_spike()
    {
        var model = SeriesModel.Fit(Days(70, day => day >= 60 ? 3 * Usual(day) : Usual(day)), Month);

        Sum(model, 7).Expected.ShouldBe(210, tolerance: 21);
    }

    [Fact]
    public void Growth_goes_on()
    {
        var model = SeriesModel.Fit(Days(70, day => Usual(day) + day), Month);

        Sum(model, 7).Expected.ShouldBe(7 * (10 + 73), tolerance: 20);
    }

    [Fact]
    public void Days_of_unknown_cost_are_not_taken_for_free()
    {
        var model = SeriesModel.Fit(Days(70, day => day is 0 or 40 or > 60 and < 66 ? double.NaN : Usual(day)), Month);

        Sum(model, 7).Expected.ShouldBe(70, tolerance: 5);
    }

    [Fact]
    public void Refunds_may_outweigh_spend_and_nothing_else_ends_below_zero()
    {
        var refunded = Sum(SeriesModel.Fit(Days(70, day => day % 7 == 0 ? -200 : Usual(day)), Month), 7);
        var spent = Sum(SeriesModel.Fit(Days(70, day => day % 10 == 0 ? 100 : 0.01), Month), 1);

        refunded.Expected.ShouldBe(-140, tolerance: 14);
        refunded.Low90.ShouldBeLessThan(refunded.Expected);
        spent.Low90.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void A_group_that_has_stopped_spends_nothing()
    {
        var week = Sum(SeriesModel.Fit(Days(70, day => day < 35 ? Usual(day) : 0), Month), 7);

        week.Expected.ShouldBe(0, tolerance: 0.5);
        Sum(SeriesModel.Fit(Days(70, _ => 0), Month), 7).ShouldBe(default);
    }

    [Fact]
    public void Intervals_grow_with_the_days_and_shrink_with_what_is_left_of_today()
    {
        var model = SeriesModel.Fit(SyntheticSpend.Series("weekly season", seed: 1, days: 120), Month);

        double Width(int days, double share) => model.Sum(days, share, model.NextDay) is var sum ? sum.High90 - sum.Low90 : 0;

        Width(1, 0.1).ShouldBeLessThan(Width(1, 1));
        Width(1, 1).ShouldBeLessThan(Width(7, 1));
        Width(7, 1).ShouldBeLessThan(Width(Month, 1));
    }

    private static double Usual(int day) => 10 + (0.5 * Math.Sin(day * 1.7));

    private static double[] Days(int count, Func<int, double> spend) => [.. Enumerable.Range(0, count).Select(spend)];

    private static SumForecast Sum(SeriesModel model, int days) => model.Sum(days, share: 1, model.NextDay);
}
