using System.Text;
using Cost.Worker.Ledger;
using Cost.Worker.Ledger.Files;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Ledger;

public sealed class FileLedgerTests : LedgerConformance, IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-").FullName;
    private readonly LogRecorder _log = new();
    private FileLedger? _ledger;

    private string Records => Path.Combine(_folder, "ledger", "2026-11-21.jsonl");

    public async ValueTask DisposeAsync()
    {
        if (_ledger is not null)
        {
            await _ledger.DisposeAsync();
        }

        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private protected override async Task<IUsageLedger> StartAsync()
    {
        if (_ledger is not null)
        {
            await _ledger.DisposeAsync();
        }

        return _ledger = New(rollUpEvery: 16 << 20);
    }

    [Fact]
    public async Task A_second_worker_is_told_in_words_who_has_the_ledger()
    {
        await OpenAsync();
        await using var second = New(rollUpEvery: 1);

        var fault = await Should.ThrowAsync<InvalidDataException>(() => second.OpenAsync(Token));

        fault.Message.ShouldContain("is written by another worker already");
        fault.Message.ShouldContain("Data:Directory");
    }

    [Fact]
    public async Task A_last_line_that_a_crash_cut_off_is_dropped_and_counts_once_when_it_comes_again()
    {
        await (await OpenAsync()).AppendAsync([Events.Batch("a", 1, 10)], Token);
        var before = new FileInfo(Records).Length;
        await (await OpenAsync()).AppendAsync([Events.Batch("a", 11, 20)], Token);
        Cut((before + new FileInfo(Records).Length) / 2);

        var ledger = await OpenAsync();
        ledger.Kept["a"].ShouldBe(10);
        await ledger.AppendAsync([Events.Batch("a", 11, 20)], Token);

        Warnings.ShouldContain(message => message.StartsWith("ledger/2026-11-21.jsonl:") && message.Contains("was not written to its end"));
        var report = await ReportAsync(await OpenAsync(), "");
        report.Total.ShouldBe(Events.Sum(Events.Many("a", 1, 20)));
        report.Notes.Unreadable.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_round_that_was_on_disk_but_not_ended_counts_once_however_it_is_cut_when_it_comes_again()
    {
        await (await OpenAsync()).AppendAsync([Events.Batch("a", 1, 10), Events.Batch("a", 11, 20), Events.Batch("b", 1, 7)], Token);
        var lines = await File.ReadAllLinesAsync(Records, Token);
        Cut(lines.SkipLast(1).Sum(line => line.Length + 1));
        File.Delete(Path.Combine(_folder, "checkpoint"));

        var ledger = await OpenAsync();
        ledger.Kept.ShouldBeEmpty();
        await ledger.AppendAsync([Events.Batch("a", 1, 4)], Token);
        ledger = await OpenAsync();
        await ledger.AppendAsync([Events.Batch("a", 5, 25), Events.Batch("b", 1, 9)], Token);

        (await ReportAsync(await OpenAsync(), "")).Total.ShouldBe(Events.Sum(Events.Many("a", 1, 25).Concat(Events.Many("b", 1, 9))));
    }

    [Fact]
    public async Task A_damaged_record_is_named_by_file_and_line_left_where_it_is_and_in_no_sum()
    {
        await (await OpenAsync()).AppendAsync([Events.Batch("a", 1, 20)], Token);
        var bytes = await File.ReadAllBytesAsync(Records, Token);
        var third = Enumerable.Range(0, bytes.Length).Where(i => bytes[i] == '\n').ElementAt(1) + 1;
        bytes[third + 40] ^= 0x04;
        await File.WriteAllBytesAsync(Records, bytes, Token);
        var without3 = Events.Sum(Events.Many("a", 1, 20).Where(one => one.Id.Sequence != 3));

        var fromRecords = await ReportAsync(New(rollUpEvery: 1), "");
        var ledger = await OpenAsync();
        await ledger.AppendAsync([Events.Batch("a", 21, 21)], Token);
        var fromRollUp = await ReportAsync(ledger, "");

        fromRecords.Total.ShouldBe(without3);
        fromRollUp.Total.ShouldBe(without3 + UsageSums.Of(Events.One("a", 21)));
        fromRecords.Notes.Unreadable.ShouldBe(["ledger/2026-11-21.jsonl:3"]);
        fromRollUp.Notes.Unreadable.ShouldBe(["ledger/2026-11-21.jsonl:3"]);
        _log.Errors.Select(line => line.Message).ShouldContain("ledger/2026-11-21.jsonl:3 cannot be read: its text stays there, and it is in no sum.");
        (await File.ReadAllBytesAsync(Records, Token)).AsSpan(0, bytes.Length).SequenceEqual(bytes).ShouldBeTrue();
    }

    [Theory]
    [InlineData("rollups/2026-11-21.day.jsonl")]
    [InlineData("rollups/2026-11-21.hours.jsonl")]
    [InlineData("checkpoint")]
    public async Task A_file_that_helps_may_be_deleted_or_damaged_at_any_time(string file)
    {
        await (await OpenAsync()).AppendAsync([Events.Batch("a", 1, 50)], Token);
        await (await OpenAsync()).FlushAsync(onlyWhereDue: false, Token);
        var path = Path.Combine(_folder, file);
        File.Exists(path).ShouldBeTrue();
        var sums = Events.Sum(Events.Many("a", 1, 50));

        var bytes = await File.ReadAllBytesAsync(path, Token);
        bytes[^5] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Token);
        (await ReportAsync(New(rollUpEvery: 1), "hour")).Total.ShouldBe(sums);
        (await ReportAsync(New(rollUpEvery: 1), "day")).Total.ShouldBe(sums);
        (await OpenAsync()).Kept["a"].ShouldBe(50);

        File.Delete(path);
        (await ReportAsync(New(rollUpEvery: 1), "hour")).Total.ShouldBe(sums);
        var ledger = await OpenAsync();
        ledger.Kept["a"].ShouldBe(50);
        await ledger.AppendAsync([Events.Batch("a", 51, 60)], Token);
        await ledger.FlushAsync(onlyWhereDue: false, Token);

        File.Exists(path).ShouldBeTrue();
        (await ReportAsync(ledger, "day")).Total.ShouldBe(Events.Sum(Events.Many("a", 1, 60)));
    }

    [Fact]
    public async Task A_report_is_right_while_the_worker_writes_and_brings_its_roll_ups_up_to_date()
    {
        var ledger = _ledger = New(rollUpEvery: 4_000);
        await ledger.OpenAsync(Token);
        var reader = New(rollUpEvery: 1);
        for (var round = 0; round < 60; round++)
        {
            await ledger.AppendAsync([Events.Batch("a", (round * 10) + 1, (round * 10) + 10, Events.Noon.AddHours(-round))], Token);
            await ledger.FlushAsync(onlyWhereDue: true, Token);
            (await ReportAsync(reader, "tenant")).Total.ShouldBe(Events.Sum(Events.Many("a", 1, (round * 10) + 10)));
        }

        Directory.GetFiles(Path.Combine(_folder, "rollups")).Length.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Records_that_were_cut_after_they_were_summed_are_said_to_be_gone()
    {
        await (await OpenAsync()).AppendAsync([Events.Batch("a", 1, 50)], Token);
        await OpenAsync();
        var lines = await File.ReadAllLinesAsync(Records, Token);
        Cut(lines.Take(30).Sum(line => line.Length + 1));

        var report = await ReportAsync(New(rollUpEvery: 1), "");
        report.Total.ShouldBe(Events.Sum(Events.Many("a", 1, 30)));
        report.Notes.Remarks.ShouldHaveSingleItem().ShouldContain("ledger/2026-11-21.jsonl was cut");

        (await OpenAsync()).Kept["a"].ShouldBe(50);
        _log.Errors.Select(line => line.Message).ShouldContain(message => message.Contains("was cut since this worker wrote it"));
    }

    [Fact]
    public async Task After_a_round_that_could_be_written_in_part_only_the_same_batches_are_kept_once()
    {
        var ledger = await OpenAsync();
        await ledger.AppendAsync([Events.Batch("a", 1, 10, Events.Noon.AddDays(-1))], Token);
        Directory.CreateDirectory(Records);
        var batches = new[] { Events.Batch("a", 11, 20, Events.Noon.AddDays(-1)), Events.Batch("a", 21, 30) };

        await Should.ThrowAsync<LedgerUnavailableException>(() => ledger.AppendAsync(batches, Token));
        Directory.Delete(Records);
        await ledger.OpenAsync(Token);
        ledger.Kept["a"].ShouldBe(10);
        await ledger.AppendAsync(batches, Token);

        (await ReportAsync(await OpenAsync(), "")).Total.ShouldBe(Events.Sum(Events.Many("a", 1, 30)));
    }

    [Fact]
    public async Task What_an_event_claimed_is_kept_beside_what_was_booked()
    {
        var one = Events.One("a", 1);
        var claim = new UsageClaim { At = Events.Noon.AddYears(3), Tokens = new(-1, 0, 0, 0) };
        await (await OpenAsync()).AppendAsync([new LedgerBatch("a", 1, 1, [new BookedEvent(one, claim)])], Token);

        (await File.ReadAllLinesAsync(Records, Token))[0][9..].ShouldStartWith("""{"claimed":{"at":"2029-11-21T12:00:00+00:00","tokens":{"input":-1,"cached_input":0,"cache_write":0,"output":0}},"id":"a.1",""");
        (await ReportAsync(await OpenAsync(), "")).Total.ShouldBe(Events.Sum([one]));
    }

    [Fact]
    public void A_checksum_is_that_of_RFC_3720() =>
        Crc32C.Of(Encoding.ASCII.GetBytes("123456789")).ShouldBe(0xE3069283);

    private IEnumerable<string> Warnings => _log.Lines.Where(line => line.Level == LogLevel.Warning).Select(line => line.Message);

    private FileLedger New(long rollUpEvery) =>
        new(_folder, new StoppedClock(Events.Noon), new LoggerFactory([_log]).CreateLogger<FileLedger>()) { RollUpEvery = rollUpEvery };

    private void Cut(long length)
    {
        using var file = new FileStream(Records, FileMode.Open);
        file.SetLength(length);
    }
}
