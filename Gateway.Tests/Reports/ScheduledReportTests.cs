using Cost.Worker.Configuration;
using Cost.Worker.Forecasts;
using Cost.Worker.Reports;
using Cost.Worker.Reports.Schedule;
using Gateway.Tests.Forecasts;
using Gateway.Tests.Hosts;
using Gateway.Tests.Ledger;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Reports;

public sealed class ScheduledReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reports-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Daily", "2026-11-21T00:59:59Z", "2026-11-19")]
    [InlineData("Daily", "2026-11-21T01:00:00Z", "2026-11-20")]
    [InlineData("Monthly", "2026-11-01T00:30:00Z", "2026-09-30")]
    [InlineData("Monthly", "2026-11-01T01:00:00Z", "2026-10-31")]
    [InlineData("Monthly", "2026-11-30T12:00:00Z", "2026-10-31")]
    public void What_is_due_goes_by_the_hour(string every, string now, string lastDay)
    {
        var report = ScheduledReport.Of("spend", new ScheduledReportOptions { Every = every }, _folder);

        report.LastDay(DateTimeOffset.Parse(now)).ToString("yyyy-MM-dd").ShouldBe(lastDay);
    }

    [Fact]
    public async Task Reports_are_written_once_they_are_due_and_once_only()
    {
        await using var spend = await SpendLedger.CreateAsync(Token);
        await spend.AddAsync("acme", days: 60, _ => 2, Token);
        var clock = new StoppedClock(Events.Noon);
        using var forecaster = new SpendForecaster(spend.Ledger, clock);
        using var scheduler = Scheduler(spend, forecaster, clock, _folder);

        await scheduler.WriteDueAsync(Token);
        var first = Files();
        File.WriteAllText(Path.Combine(_folder, "spend-2026-11-20.html"), "read already");
        clock.Now += TimeSpan.FromHours(12);
        await scheduler.WriteDueAsync(Token);
        clock.Now += TimeSpan.FromHours(1);
        await scheduler.WriteDueAsync(Token);

        first.ShouldBe(["all-2026-10.csv", "spend-2026-11-20.html", "spend-2026-11-20.md"]);
        Files().ShouldBe([.. first, "spend-2026-11-21.html", "spend-2026-11-21.md"]);
        File.ReadAllText(Path.Combine(_folder, "spend-2026-11-20.html")).ShouldBe("read already");
        File.ReadAllText(Path.Combine(_folder, "spend-2026-11-21.md")).ShouldContain("## Forecast");
        File.ReadAllText(Path.Combine(_folder, "all-2026-10.csv")).ShouldContain("62.000000000");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said_once_and_tried_again()
    {
        await using var spend = await SpendLedger.CreateAsync(Token);
        var clock = new StoppedClock(Events.Noon);
        using var forecaster = new SpendForecaster(spend.Ledger, clock);
        var blocked = Path.Combine(_folder, "blocked");
        await File.WriteAllTextAsync(blocked, "", Token);
        using var log = new LogRecorder();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var scheduler = Scheduler(spend, forecaster, clock, blocked, loggers);

        await scheduler.WriteDueAsync(Token);
        await scheduler.WriteDueAsync(Token);
        var said = log.Lines.Count(line => line.Level == LogLevel.Warning);
        File.Delete(blocked);
        await scheduler.WriteDueAsync(Token);

        said.ShouldBe(2, "one of each report");
        Directory.GetFiles(blocked).Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_worker_writes_what_it_missed_at_its_start()
    {
        await using var worker = await CostHost.StartAsync(_folder, redisPort: null, new StoppedClock(Events.Noon), ("Reports:Schedule:morning:Hour", "6"), ("Reports:Schedule:morning:By", ""));
        var path = Path.Combine(_folder, "reports", "morning-2026-11-20.html");

        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!File.Exists(path))
        {
            await tick.WaitForNextTickAsync(Token);
        }

        (await File.ReadAllTextAsync(path, Token)).ShouldContain("<h1>Usage of November 2026</h1>");
    }

    [Fact]
    public void All_faults_are_found_at_once_each_with_its_key_and_what_is_allowed()
    {
        var fault = Should.Throw<OptionsValidationException>(() => Read(
            ("a/b:Every", "Hourly"), ("c:Hour", "24"), ("c:By", "colour"), ("c:Formats", "html,pdf"), ("c:BudgetUsd", "0"), ("d:Every", "1")));

        fault.Failures.ShouldBe(
            [
                "Reports:Schedule:a/b: a report's name must be of letters, digits, '-' and '_', since its files begin with it.",
                "Reports:Schedule:a/b:Every is 'Hourly'; it must be one of Daily, Monthly.",
                "Reports:Schedule:c:Hour is 24; it must be an hour of the day in UTC, 0 to 23.",
                "Reports:Schedule:c:By: 'colour' is nothing to group by; allowed, separated by commas: tenant, key, user, alias, model, provider, variant, batch, status, day, hour.",
                "Reports:Schedule:c:Formats has 'pdf'; allowed, separated by commas: text, html, md, json, csv.",
                "Reports:Schedule:c:BudgetUsd is 0; it must be above 0 and at most 1000000000.",
                "Reports:Schedule:d:Every is '1'; it must be one of Daily, Monthly.",
            ], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Hour", "noon")]
    [InlineData("Evry", "Daily")]
    public void What_is_no_number_and_what_is_not_known_is_named(string key, string value) =>
        Should.Throw<OptionsValidationException>(() => Read(($"c:{key}", value))).Message.ShouldContain(key);

    private static ReportsOptions Read(params (string Key, string Value)[] settings) =>
        ReportsOptionsValidator.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create($"Reports:Schedule:{one.Key}", (string?)one.Value))).Build());

    private static ReportScheduler Scheduler(SpendLedger spend, SpendForecaster forecaster, StoppedClock clock, string folder, ILoggerFactory? loggers = null) => new(
        [
            ScheduledReport.Of("spend", new ScheduledReportOptions { Formats = "html,md", Folder = folder }, folder),
            ScheduledReport.Of("all", new ScheduledReportOptions { Every = "monthly", By = "", Formats = "csv", Folder = folder }, folder),
        ],
        new ReportMaker(spend.Ledger, forecaster, clock), clock, (loggers ?? new LoggerFactory()).CreateLogger<ReportScheduler>());

    private string[] Files() => [.. Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
}
