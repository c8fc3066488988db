using Cost.Worker.Ledger;
using Cost.Worker.Reports;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Ledger;

/// <summary>What every store of the ledger does.</summary>
public abstract class LedgerConformance
{
    private static readonly UsagePeriod November = UsagePeriod.OfMonth(new DateOnly(2026, 11, 1));

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A ledger over the test's own store, as another process would make it; the one before is gone as if killed.</summary>
    private protected abstract Task<IUsageLedger> StartAsync();

    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task What_was_appended_is_summed_to_the_last_nano_dollar()
    {
        var ledger = await OpenAsync();
        await ledger.AppendAsync([Events.Batch("a", 1, 100), Events.Batch("b", 1, 50)], Token);

        var report = await ReportAsync(ledger, "tenant");

        var all = Events.Many("a", 1, 100).Concat(Events.Many("b", 1, 50)).ToList();
        report.Total.ShouldBe(Events.Sum(all));
        report.Rows.Select(row => (row.Names[0], row.Sums)).ShouldBe(
            [("acme", Events.Sum(all.Where(one => one.Tenant == "acme"))), ("globex", Events.Sum(all.Where(one => one.Tenant == "globex")))]);
        report.Notes.Unreadable.ShouldBeEmpty();
        report.Notes.Remarks.ShouldBeEmpty();
        ledger.Kept.OrderBy(pair => pair.Key).ShouldBe([new("a", 100), new("b", 50)]);
    }

    [Fact]
    public async Task Every_dimension_groups_and_each_grouping_adds_up_to_the_same_total()
    {
        var ledger = await OpenAsync();
        await ledger.AppendAsync([Events.Batch("a", 1, 60, Events.Noon.AddHours(-30)), Events.Batch("b", 1, 40)], Token);

        foreach (var dimension in Dimension.All)
        {
            var report = await ReportAsync(ledger, dimension.Name);
            report.Rows.Aggregate(default(UsageSums), (sum, row) => sum + row.Sums).ShouldBe(report.Total);
            report.Total.Requests.ShouldBe(100);
        }

        (await ReportAsync(ledger, "hour")).Rows.Select(row => row.Names[0]).ShouldBe(["2026-11-20T06:00Z", "2026-11-21T12:00Z"]);
        (await ReportAsync(ledger, "day,status")).Rows.Select(row => string.Join(' ', row.Names)).ShouldBe(
            ["2026-11-20 cancelled", "2026-11-20 ok", "2026-11-21 cancelled", "2026-11-21 ok"]);
        (await ReportAsync(ledger, "batch")).Rows.Select(row => (row.Names[0], row.Sums.Requests)).ShouldBe([("false", 75), ("true", 25)]);
    }

    [Fact]
    public async Task A_days_events_are_given_as_they_were_booked()
    {
        var ledger = await OpenAsync();
        await ledger.AppendAsync([Events.Batch("a", 1, 40, Events.Noon.AddDays(-1)), Events.Batch("b", 1, 30)], Token);
        await ledger.AppendAsync([Events.Batch("a", 41, 50)], Token);

        var given = new List<UsageEvent>();
        await ledger.ReadEventsAsync(DateOnly.FromDateTime(Events.Noon.UtcDateTime), given.Add, Token);

        given.OrderBy(one => one.Id.Journal).ThenBy(one => one.Id.Sequence).ShouldBe(Events.Many("a", 41, 50).Concat(Events.Many("b", 1, 30)));
        await ledger.ReadEventsAsync(new DateOnly(2020, 1, 1), _ => throw new InvalidOperationException("There is none."), Token);
    }

    [Fact]
    public async Task A_period_ends_at_the_hour()
    {
        var ledger = await OpenAsync();
        await ledger.AppendAsync(
            [Events.Batch("a", 1, 10, Events.Noon.AddHours(-1)), Events.Batch("a", 11, 30, Events.Noon), Events.Batch("a", 31, 60, Events.Noon.AddHours(1))], Token);

        var report = await ReportBuilder.BuildAsync(ledger, new UsagePeriod(Events.Noon, Events.Noon.AddHours(1)), [], Token);

        report.Total.ShouldBe(Events.Sum(Events.Many("a", 11, 30)));
    }

    [Fact]
    public async Task What_was_kept_is_there_after_a_crash_with_its_place_in_the_journal()
    {
        await (await OpenAsync()).AppendAsync([Events.Batch("a", 1, 100)], Token);

        var ledger = await OpenAsync();
        ledger.Kept["a"].ShouldBe(100);
        await ledger.AppendAsync([Events.Batch("a", 101, 150)], Token);

        (await ReportAsync(await OpenAsync(), "")).Total.ShouldBe(Events.Sum(Events.Many("a", 1, 150)));
    }

    [Fact]
    public async Task Numbers_without_events_are_kept_too()
    {
        await (await OpenAsync()).AppendAsync([new LedgerBatch("a", 1, 40, [])], Token);

        var ledger = await OpenAsync();

        ledger.Kept["a"].ShouldBe(40);
        (await ReportAsync(ledger, "")).Total.ShouldBe(default);
    }

    [Fact]
    public async Task Events_of_several_days_in_one_batch_are_booked_each_under_its_own()
    {
        var ledger = await OpenAsync();
        var events = Enumerable.Range(1, 30).Select(number => Events.One("a", number, Events.Noon.AddDays(-(number % 3)))).ToList();
        await ledger.AppendAsync([new LedgerBatch("a", 1, 30, [.. events.Select(one => new BookedEvent(one))])], Token);

        var report = await ReportAsync(await OpenAsync(), "day");

        report.Rows.Select(row => (row.Names[0], row.Sums)).ShouldBe(
            events.GroupBy(one => one.At.Day).OrderBy(group => group.Key).Select(group => ((string?)$"2026-11-{group.Key}", Events.Sum(group))));
    }

    [Fact]
    public async Task Sums_past_64_bits_are_right()
    {
        var ledger = await OpenAsync();
        var one = Events.One("a", 1) with { CostNanoUsd = long.MaxValue, Tokens = new UsageTokens(long.MaxValue, 0, 0, 0) };
        await ledger.AppendAsync([new LedgerBatch("a", 1, 3, [new(one), new(one with { Id = new("a", 2) }), new(one with { Id = new("a", 3) })])], Token);
        await ledger.FlushAsync(onlyWhereDue: false, Token);

        var total = (await ReportAsync(ledger, "")).Total;

        total.CostNanoUsd.ShouldBe((Int128)long.MaxValue * 3);
        total.InputTokens.ShouldBe((Int128)long.MaxValue * 3);
    }

    [Fact]
    public async Task A_rebuild_gives_the_same_sums()
    {
        var ledger = await OpenAsync();
        await ledger.AppendAsync([Events.Batch("a", 1, 100), Events.Batch("b", 1, 40, Events.Noon.AddDays(-2))], Token);
        var before = await ReportAsync(ledger, "tenant,key,status,hour");

        (await ledger.RebuildAsync(November, Token)).ShouldBe(2);

        var after = await ReportAsync(ledger, "tenant,key,status,hour");
        after.Total.ShouldBe(before.Total);
        after.Rows.Select(row => (string.Join('|', row.Names), row.Sums)).ShouldBe(before.Rows.Select(row => (string.Join('|', row.Names), row.Sums)));
    }

    private protected async Task<IUsageLedger> OpenAsync()
    {
        var ledger = await StartAsync();
        await ledger.OpenAsync(Token);
        return ledger;
    }

    private protected static Task<UsageReport> ReportAsync(IUsageLedger ledger, string by)
    {
        Dimension.TryParse(by, out var dimensions, out var fault).ShouldBeTrue(fault);
        return ReportBuilder.BuildAsync(ledger, November, dimensions, Token);
    }
}
