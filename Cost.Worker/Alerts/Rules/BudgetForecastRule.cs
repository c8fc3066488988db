using System.Globalization;
using Cost.Worker.Configuration;
using Cost.Worker.Forecasts;
using Cost.Worker.Ledger;
using Cost.Worker.Reports;
using Cost.Worker.Traffic;

namespace Cost.Worker.Alerts.Rules;

/// <summary>
/// Budgets that are forecast to be overspent: a warning where that is expected, critical where even the lower end of the 90 % interval is above the budget.
/// Forecasts take longer than a look may, and so are made beside.
/// </summary>
internal sealed partial class BudgetForecastRule(SpendForecaster forecaster, Budgets budgets, AlertsOptions options, TimeProvider time, ILogger<BudgetForecastRule> logger) : BackgroundService, IAlertRule
{
    public string Name => "budget_forecast";

    private volatile IReadOnlyList<Finding>? _findings;

    public bool IsCertain => _findings is not null;

    public IEnumerable<Finding> Evaluate() => _findings ?? [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // By then the gateway's budgets are known.
            for (var pause = TimeSpan.FromSeconds(2 * options.EverySeconds); ; pause = TimeSpan.FromMinutes(options.ForecastEveryMinutes))
            {
                await Task.Delay(pause, time, stoppingToken);
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The worker stops.
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            var findings = new List<Finding>();
            foreach (var (name, budget) in budgets.All())
            {
                if (await ForecastAsync(budget, stoppingToken) is { HasEnoughHistory: true } forecast)
                {
                    findings.Add(FindingOf(name, budget, forecast));
                }
            }

            _findings = findings;
        }
        catch (LedgerUnavailableException failure)
        {
            LogNoForecast(failure.Message);
        }
    }

    private async Task<SeriesForecast?> ForecastAsync(BudgetOptions budget, CancellationToken stoppingToken)
    {
        var groups = new[] { (Name: "tenant", Value: budget.Tenant), (Name: "alias", Value: budget.Alias), (Name: "key", Value: budget.Key), (Name: "user", Value: budget.User) }.Where(group => group.Value is not null).ToList();
        var forecast = await forecaster.ForecastAsync([.. groups.Select(group => Dimension.All.Single(one => one.Name == group.Name))], stoppingToken);
        return groups.Count == 0 ? forecast.Total : forecast.Series.FirstOrDefault(series => series.Names.SequenceEqual(groups.Select(group => group.Value)));
    }

    private Finding FindingOf(string name, BudgetOptions budget, SeriesForecast forecast)
    {
        var period = budget.Period == BudgetPeriod.Month ? ForecastPeriod.Month : ForecastPeriod.Day;
        var end = forecast.ToEndOf(period);
        var (expected, low, high) = (new Nanos(end.ExpectedNanoUsd).Usd, new Nanos(end.Low90).Usd, new Nanos(end.High90).Usd);
        var runsOut = forecast.RunsOut(budget.Usd, period).Expected is { } day ? string.Create(CultureInfo.InvariantCulture, $" It runs out on {day:yyyy-MM-dd}.") : "";
        return new Finding(
            Name, name,
            string.Create(CultureInfo.InvariantCulture, $"By the end of the {period.ToString().ToLowerInvariant()} {expected:0.00} USD are forecast to be spent ({low:0.00} to {high:0.00} with 90 % probability), and the budget is {budget.Usd:0.00####} USD.{runsOut}"),
            new Level(Severity.Warning, (double)(expected / budget.Usd), 1), new Level(Severity.Critical, (double)(low / budget.Usd), 1));
    }

    [LoggerMessage(LogLevel.Warning, "Spend cannot be forecast at present ({Reason}); budgets are held against the last forecast.")]
    private partial void LogNoForecast(string reason);
}
