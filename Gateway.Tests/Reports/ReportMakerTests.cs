using Cost.Worker.Forecasts;
using Cost.Worker.Ledger;
using Cost.Worker.Reports;
using Gateway.Tests.Forecasts;
using Gateway.Tests.Ledger;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Reports;

public sealed class ReportMakerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "D3.1")]
    public async Task A_report_with_its_forecast_reads_roll_ups_and_no_record_that_is_in_them()
    {
        await using var spend = await SpendLedger.CreateAsync(Token);
        await spend.AddAsync("acme", 60, ago => 10 + (ago % 7), Token);
        var before = await ReportAsync(spend.Ledger);

        foreach (var records in new DirectoryInfo(Path.Combine(spend.Folder, "ledger")).GetFiles())
        {
            var size = (int)records.Length;
            records.Delete();
            await File.WriteAllTextAsync(records.FullName, new string('x', size - 1) + '\n', Token);
        }

        var after = await ReportAsync(spend.Ledger);
        after.Usage.Notes.Unreadable.ShouldBeEmpty();
        after.Usage.Notes.Remarks.ShouldBeEmpty();
        after.Usage.Total.ShouldBe(before.Usage.Total);
        after.Month!.Periods.ShouldBe(before.Month!.Periods);
    }

    private static async Task<Report> ReportAsync(IUsageLedger ledger)
    {
        var clock = new StoppedClock(Events.Noon);
        using var forecaster = new SpendForecaster(ledger, clock);
        return await new ReportMaker(ledger, forecaster, clock).MakeAsync(UsagePeriod.OfMonth(new DateOnly(2026, 11, 21)), [Dimension.All[0]], monthlyBudgetUsd: null, Token);
    }
}
