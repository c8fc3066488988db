using Cost.Worker.Forecasts;
using Cost.Worker.Ledger;

namespace Cost.Worker.Reports;

/// <summary>Puts a report together from the ledger.</summary>
internal sealed class ReportMaker(IUsageLedger ledger, SpendForecaster forecaster, TimeProvider time)
{
    /// <exception cref="LedgerUnavailableException">The ledger cannot be read at present.</exception>
    public async Task<Report> MakeAsync(UsagePeriod period, IReadOnlyList<Dimension> by, decimal? monthlyBudgetUsd, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var daily = new DailySpend(period, by.FirstOrDefault());
        var usage = await ReportBuilder.BuildAsync(ledger, period, by, daily.Add, cancellationToken);
        var isOver = now < period.From || now >= period.To;
        var forecast = isOver ? null : await forecaster.ForecastAsync([.. by.Take(1).Where(Dimension.OfForecasts.Contains)], cancellationToken);
        return new Report(now, usage, daily, forecast, monthlyBudgetUsd);
    }
}
