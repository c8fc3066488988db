using Cost.Worker.Ledger;
using Cost.Worker.Ledger.Dynamo;
using ServiceDefaults.Aws;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Ledger;

public sealed class DynamoLedgerTests(DynaliteFixture server) : LedgerConformance, IClassFixture<DynaliteFixture>
{
    private readonly string _table = $"ledger-{Guid.NewGuid():N}";

    private protected override Task<IUsageLedger> StartAsync() => Task.FromResult<IUsageLedger>(New(null));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_that_was_added_in_part_is_added_to_its_end_however_it_is_cut_when_it_comes_again(bool isCarriedOut)
    {
        await (await OpenAsync()).AppendAsync([Events.Batch("a", 1, 20)], Token);
        for (var requests = 3; requests < 40; requests += 2)
        {
            var broken = New(new CutHttp(requests, isCarriedOut));
            await broken.OpenAsync(Token);
            try
            {
                await broken.AppendAsync([Events.Batch("a", 21, 40)], Token);
            }
            catch (LedgerUnavailableException)
            {
                // As meant.
            }
        }

        var ledger = await OpenAsync();
        if (ledger.Kept["a"] == 20)
        {
            await ledger.AppendAsync([Events.Batch("a", 21, 33)], Token);
        }

        await ledger.AppendAsync([Events.Batch("a", ledger.Kept["a"] + 1, 50)], Token);

        var all = Events.Sum(Events.Many("a", 1, 50));
        (await ReportAsync(ledger, "tenant")).Total.ShouldBe(all);
        (await ReportAsync(ledger, "hour")).Total.ShouldBe(all);
    }

    [Fact]
    public async Task An_event_with_a_wrong_clock_is_booked_once_under_the_time_it_came_first()
    {
        var claim = new UsageClaim { At = Events.Noon.AddYears(5) };
        var first = new LedgerBatch("a", 1, 1, [new BookedEvent(Events.One("a", 1), claim)]);
        var later = new LedgerBatch("a", 1, 1, [new BookedEvent(Events.One("a", 1, Events.Noon.AddDays(1)), claim)]);
        await (await OpenAsync()).AppendAsync([first], Token);
        await (await OpenAsync()).AppendAsync([later], Token);

        var report = await ReportAsync(await OpenAsync(), "day");

        report.Rows.Select(row => (row.Names[0], row.Sums.Requests)).ShouldBe([("2026-11-21", (Int128)1)]);
    }

    [Fact]
    public async Task A_table_that_cannot_be_reached_is_a_failure_that_may_pass()
    {
        var ledger = New(new CutHttp(0, isCarriedOut: false));

        await Should.ThrowAsync<LedgerUnavailableException>(() => ledger.OpenAsync(Token));
    }

    private DynamoLedger New(CutHttp? http) => new(new DynamoTable(server.Client(http), _table, TimeProvider.System));
}
