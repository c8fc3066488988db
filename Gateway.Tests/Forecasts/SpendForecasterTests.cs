using Cost.Worker.Forecasts;
using Cost.Worker.Reports;
using Gateway.Tests.Ledger;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Forecasts;

public sealed class SpendForecasterTests : IAsyncLifetime
{
    private SpendLedger _spend = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _spend = await SpendLedger.CreateAsync(Token);

    public ValueTask DisposeAsync() => _spend.DisposeAsync();

    [Fact]
    public async Task Spend_of_a_tenant_and_of_all_is_forecast_to_the_end_of_day_month_and_quarter()
    {
        await _spend.AddAsync("acme", days: 60, _ => 2, Token);
        await _spend.AddAsync("globex", days: 2, _ => 10, Token);

        var forecast = await ForecastAsync("tenant");

        forecast.Series.Select(one => (one.Names[0], one.HistoryDays, one.HasEnoughHistory)).ShouldBe([("acme", 60, true), ("globex", 2, false)]);
        var acme = forecast.Series[0];
        acme.Periods.Select(one => (one.Period, one.From.ToString("yyyy-MM-dd"), one.To.ToString("yyyy-MM-dd"))).ShouldBe(
            [(ForecastPeriod.Day, "2026-11-21", "2026-11-22"), (ForecastPeriod.Month, "2026-11-01", "2026-12-01"), (ForecastPeriod.Quarter, "2026-10-01", "2027-01-01")]);
        acme.Periods.Select(one => Usd(one.SpentNanoUsd)).ShouldBe([1, 41, 103]);
        acme.Periods.Select(one => Usd(one.ExpectedNanoUsd)).ShouldBe([2, 60, 184]);
        Usd(forecast.Total!.ToEndOf(ForecastPeriod.Month).SpentNanoUsd).ShouldBe(41 + 25);
    }

    [Fact]
    public async Task A_budget_runs_out_on_a_day_or_not_within_the_period()
    {
        await _spend.AddAsync("acme", days: 60, ago => 2 + (0.1m * (ago % 3)), Token);

        var total = (await ForecastAsync("")).Total!;

        var soon = total.RunsOut(50, ForecastPeriod.Month);
        soon.Expected.ShouldBe(new DateOnly(2026, 11, 24));
        (soon.Earliest <= soon.Expected && soon.Expected <= soon.Latest).ShouldBeTrue();
        total.RunsOut(1, ForecastPeriod.Month).ShouldBe(new BudgetRunOut(new DateOnly(2026, 11, 21), new DateOnly(2026, 11, 21), new DateOnly(2026, 11, 21)));
        total.RunsOut(1_000, ForecastPeriod.Month).ShouldBe(new BudgetRunOut(null, null, null));
    }

    [Fact]
    public async Task What_costs_nobody_knows_what_is_no_free_day()
    {
        await _spend.AddAsync("acme", days: 60, ago => ago is > 3 and < 10 ? null : 2, Token);

        Usd((await ForecastAsync("tenant")).Series[0].ToEndOf(ForecastPeriod.Day).ExpectedNanoUsd).ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_whole_day_of_usage_there_is_no_forecast()
    {
        var nothing = await ForecastAsync("tenant");
        await _spend.AddAsync("acme", days: 0, _ => 2, Token);
        var today = await ForecastAsync("tenant");

        (nothing.Total, nothing.LeftOut).ShouldBe((null, 0));
        (today.Total, today.Series.Count, today.LeftOut).ShouldBe((null, 0, 1));
    }

    [Fact]
    public async Task Beyond_the_groups_that_spend_most_the_rest_is_in_the_total_alone()
    {
        for (var i = 0; i <= SpendForecaster.MostSeries; i++)
        {
            await _spend.AddAsync($"tenant-{i:000}", days: 1, _ => 1 + i, Token);
        }

        var forecast = await ForecastAsync("tenant");

        (forecast.Series.Count, forecast.Series[0].Names[0], forecast.LeftOut).ShouldBe((SpendForecaster.MostSeries, "tenant-001", 1));
    }

    [Fact]
    public async Task An_answer_is_given_again_for_a_minute_and_then_made_anew()
    {
        await _spend.AddAsync("acme", days: 30, _ => 2, Token);
        var clock = new StoppedClock(Events.Noon);
        using var forecaster = new SpendForecaster(_spend.Ledger, clock);
        var first = await forecaster.ForecastAsync([], Token);
        await _spend.AddAsync("globex", days: 0, _ => 2, Token);

        clock.Now += TimeSpan.FromSeconds(59);
        var again = await forecaster.ForecastAsync([], Token);
        clock.Now += TimeSpan.FromSeconds(1);
        var anew = await forecaster.ForecastAsync([], Token);

        again.ShouldBeSameAs(first);
        Usd(anew.Total!.ToEndOf(ForecastPeriod.Day).SpentNanoUsd).ShouldBe(2);
    }

    private async Task<SpendForecast> ForecastAsync(string names)
    {
        Dimension.TryParse(names, out var by, out _).ShouldBeTrue();
        using var forecaster = new SpendForecaster(_spend.Ledger, new StoppedClock(Events.Noon));
        return await forecaster.ForecastAsync(by, Token);
    }

    private static decimal Usd(Int128 nano) => Math.Round((decimal)nano / 1_000_000_000, 6);
}
