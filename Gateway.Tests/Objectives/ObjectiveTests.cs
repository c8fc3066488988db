using Cost.Worker.Configuration;
using Cost.Worker.Ledger.Files;
using Cost.Worker.Objectives;
using Gateway.Tests.Hosts;
using Gateway.Tests.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Objectives;

[Trait("Requirement", "G4.4")]
public sealed class ObjectiveTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("objectives-").FullName;
    private readonly ManualTime _time = new();
    private long _sequence;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(UsageStatus.Ok, 200, 1, 0)]
    [InlineData(UsageStatus.Cached, 200, 1, 0)]
    [InlineData(UsageStatus.Failed, 502, 1, 1)]
    [InlineData(UsageStatus.Failed, 200, 1, 1)]
    [InlineData(UsageStatus.Failed, 429, 1, 1)]
    [InlineData(UsageStatus.Failed, 400, 0, 0)]
    [InlineData(UsageStatus.Refused, 503, 1, 1)]
    [InlineData(UsageStatus.Refused, 429, 0, 0)]
    [InlineData(UsageStatus.Cancelled, 499, 0, 0)]
    public async Task Availability_counts_what_the_service_has_to_answer_for(UsageStatus status, int httpStatus, long total, long bad)
    {
        var book = await BookAsync(new ObjectiveOptions { Indicator = Indicators.Availability });
        book.Add(One() with { Status = status, HttpStatus = httpStatus });
        Counts(book).ShouldBe((total, bad));
    }

    [Fact]
    public async Task Latency_and_the_first_token_count_answers_that_somebody_waited_for()
    {
        var latency = await BookAsync(new ObjectiveOptions { Indicator = Indicators.Latency, Milliseconds = 500, Alias = "phi-3-mini" });
        var first = await BookAsync(new ObjectiveOptions { Indicator = Indicators.FirstToken, Milliseconds = 500 });
        foreach (var one in new[]
        {
            One() with { DurationMicroseconds = 500_000 },
            One() with { DurationMicroseconds = 500_001 },
            One() with { DurationMicroseconds = 900_000, Streamed = true, FirstTokenMicroseconds = 500_000 },
            One() with { DurationMicroseconds = 900_000, Streamed = true, FirstTokenMicroseconds = 500_001 },
            One() with { DurationMicroseconds = 900_000, Batch = true, Streamed = true, FirstTokenMicroseconds = 900_000 },
            One() with { DurationMicroseconds = 900_000, Status = UsageStatus.Failed, HttpStatus = 502 },
            One() with { DurationMicroseconds = 100, Alias = "another" },
        })
        {
            latency.Add(one);
            first.Add(one);
        }

        Counts(latency).ShouldBe((4, 3));
        Counts(first).ShouldBe((2, 1));
    }

    // 99.9 %: one bad in a thousand burns the budget once. Of 1,000 requests a minute for an hour so many are bad in each minute:
    [Theory]
    [InlineData(0, 60, "none")]
    [InlineData(14, 60, "Critical")]
    [InlineData(15, 60, "Critical")]
    [InlineData(5, 60, "Warning")]
    [InlineData(100, 2, "Warning")]
    public async Task A_burn_rate_is_told_of_by_its_two_windows(int bad, int minutes, string expected)
    {
        var book = await BookAsync(new ObjectiveOptions { Indicator = Indicators.Availability });
        for (var minute = 0; minute < 60; minute++)
        {
            for (var i = 0; i < 1_000; i++)
            {
                book.Add(minute < minutes && i < bad ? One() with { Status = UsageStatus.Failed, HttpStatus = 502 } : One());
            }

            _time.Advance(TimeSpan.FromMinutes(1));
        }

        _time.Advance(TimeSpan.FromMinutes(-1));
        var finding = new ObjectiveRule(book).Evaluate().Single();
        finding.Levels.Where(level => level.IsReached).OrderByDescending(level => level.Severity).Select(level => $"{level.Severity}").FirstOrDefault("none").ShouldBe(expected);
    }

    [Fact]
    public async Task The_figures_are_those_of_the_definition()
    {
        var book = await BookAsync(new ObjectiveOptions { Indicator = Indicators.Availability, TargetPercent = 99 });
        for (var i = 0; i < 1_000; i++)
        {
            book.Add(i < 5 ? One() with { Status = UsageStatus.Failed, HttpStatus = 500 } : One());
        }

        var shown = book.Select(ShownObjective.Of).Single();
        (shown.Requests, shown.BadRequests).ShouldBe((1_000, 5));
        shown.AttainedPercent!.Value.ShouldBe(99.5, 1e-9);
        shown.BudgetLeft!.Value.ShouldBe(0.5, 1e-9);
        shown.BurnRates.Keys.ShouldBe(["5m", "30m", "1h", "6h", "3d"]);
        shown.BurnRates["1h"].ShouldBe(0.5, 1e-9);

        _time.Advance(TimeSpan.FromHours(7));
        var later = book.Select(ShownObjective.Of).Single();
        (later.BurnRates["6h"], later.BurnRates["3d"]).ShouldBe((0d, shown.BurnRates["1h"]));
        _time.Advance(TimeSpan.FromDays(30));
        book.Select(ShownObjective.Of).Single().BudgetLeft.ShouldBeNull();
    }

    [Fact]
    public async Task A_start_counts_what_the_ledger_holds_once_with_and_without_the_counts_on_disk()
    {
        var bad = new ObjectiveOptions { Indicator = Indicators.Latency, Milliseconds = 1 };
        await using var ledger = new FileLedger(_data, _time, NullLogger<FileLedger>.Instance);
        await ledger.OpenAsync(Token);
        var day = _time.GetUtcNow();
        await ledger.AppendAsync([Events.Batch("a", 1, 100, day.AddDays(-5)), Events.Batch("b", 1, 50, day.AddDays(-40))], Token);
        var first = await BookAsync(bad, ledger);
        Counts(first).ShouldBe(Expected(100));

        // What comes in goes to the ledger first.
        var more = Events.Batch("a", 101, 200, day);
        await ledger.AppendAsync([more], Token);
        more.Events.ToList().ForEach(booked => first.Add(booked.Event));
        Counts(first).ShouldBe(Expected(200));
        first.Save();
        await ledger.AppendAsync([Events.Batch("a", 201, 260, day)], Token);

        Counts(await BookAsync(bad, ledger)).ShouldBe(Expected(260));
        File.Delete(Path.Combine(_data, "objectives.json"));
        Counts(await BookAsync(bad, ledger)).ShouldBe(Expected(260));
        await File.WriteAllTextAsync(Path.Combine(_data, "objectives.json"), "{", Token);
        Counts(await BookAsync(bad, ledger)).ShouldBe(Expected(260));
    }

    // Of the events made up every tenth is cancelled, and of the others those whose number is one more than a multiple of four are a batch's.
    private static (long, long) Expected(int last) =>
        Enumerable.Range(1, last).LongCount(number => number % 10 != 0 && number % 4 != 1) is var counted ? (counted, counted) : default;

    private static (long Total, long Bad) Counts(ObjectiveBook book) => book.Select((objective, now) => objective.Within(objective.Window, now)).Select(counts => (counts.Total, counts.Bad)).Single();

    private UsageEvent One() => Events.One("a", ++_sequence, _time.GetUtcNow()) with { Status = UsageStatus.Ok, Batch = false, DurationMicroseconds = 0 };

    private async Task<ObjectiveBook> BookAsync(ObjectiveOptions options, FileLedger? ledger = null)
    {
        var book = new ObjectiveBook(new Dictionary<string, ObjectiveOptions> { ["test"] = options }, new CountsFile(_data, NullLogger<CountsFile>.Instance), _time);
        await using var empty = new FileLedger(Path.Combine(_data, "empty"), _time, NullLogger<FileLedger>.Instance);
        await book.BeginAsync(ledger ?? empty, Token);
        await book.RestoreAsync(Token);
        return book;
    }
}
