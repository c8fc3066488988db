using Gateway.Tests.Redis;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Metering.Journal;

/// <summary>What a process makes of the journals that it finds.</summary>
public sealed class JournalRecoveryTests(RedisServerFixture server) : IClassFixture<RedisServerFixture>, IAsyncLifetime
{
    private readonly DataDirectory _data = new();
    private readonly Ledger _ledger = new(server.Port);

    // A journal of its own for each test, as the tests share a Redis.
    private readonly string _id = Guid.NewGuid().ToString("N")[..12];

    public async ValueTask InitializeAsync()
    {
        await (await _ledger.DatabaseAsync()).KeyDeleteAsync([UsageTransport.Waiting, UsageTransport.Processing, UsageTransport.Kept]);
        await _ledger.WorkAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task A_journal_of_a_process_that_died_goes_on_where_it_ended()
    {
        await using var dead = await JournalHost.StartAsync(server.Port, _data.Path);
        await dead.AppendAsync(1, 3);
        using var left = _data.Copy();

        await using var host = await JournalHost.StartAsync(server.Port, left.Path);
        await host.AppendAsync("r4");

        host.Id.ShouldBe(dead.Id);
        left.Events(host.Id).Select(usage => (usage.Id.Sequence, usage.RequestId)).ShouldBe([(1, "r1"), (2, "r2"), (3, "r3"), (4, "r4")]);
    }

    [Fact]
    public async Task What_was_in_the_tail_alone_is_delivered_and_the_journal_goes_on_after_it()
    {
        await using var dead = await JournalHost.StartAsync(server.Port, _data.Path, JournalHost.Settings with { FlushInterval = TimeSpan.FromHours(1) });
        await dead.AppendAsync(1, 5);
        using var left = _data.Copy();
        left.Segments(dead.Id).ShouldHaveSingleItem();

        await using var host = await JournalHost.StartAsync(server.Port, left.Path);
        await host.AppendAsync("r6");

        host.Id.ShouldBe(dead.Id);
        left.Events(host.Id).Select(usage => (usage.Id.Sequence, usage.RequestId)).ShouldBe([(1, "r1"), (2, "r2"), (3, "r3"), (4, "r4"), (5, "r5"), (6, "r6")]);
        var batches = await _ledger.TakeUntilAsync(6);
        batches.SelectMany(batch => batch.Events).Select(usage => usage.RequestId).Distinct().ShouldBe(["r1", "r2", "r3", "r4", "r5", "r6"]);
    }

    [Theory]
    [InlineData("0123abcd {\"id\":\"")]
    [InlineData("0")]
    [InlineData("\0\0\0\0")]
    [InlineData("0123abcd {\"id\"\0\0\0")]
    public async Task What_breaks_off_and_zeros_at_the_end_are_cut_off(string tail)
    {
        _data.WriteSegment(_id, 7, DataDirectory.Line(_id, 7) + DataDirectory.Line(_id, 8) + tail);

        await using var host = await JournalHost.StartAsync(server.Port, _data.Path);
        await host.AppendAsync("r9");

        _data.Events(_id).Select(usage => usage.Id).ShouldBe([new(_id, 7), new(_id, 8), new(_id, 9)]);
        host.Log.Lines.Count(line => line.Level == LogLevel.Warning && line.Message.Contains("breaks off", StringComparison.Ordinal)).ShouldBe(tail.Trim('\0').Length > 0 ? 1 : 0);
        var batches = await _ledger.TakeUntilAsync(9);
        batches[0].Header.First.ShouldBe(7);
        batches.SelectMany(batch => batch.Events).Select(usage => usage.RequestId).ShouldBe(["r7", "r8", "r9"]);
    }

    [Fact]
    public async Task An_empty_segment_tells_the_next_number_by_its_name()
    {
        _data.WriteSegment(_id, 42, "");

        await using var host = await JournalHost.StartAsync(server.Port, _data.Path);
        await host.AppendAsync("r42");

        _data.Events(_id).ShouldHaveSingleItem().Id.ShouldBe(new UsageEventId(_id, 42));
        (await _ledger.TakeAsync()).Header.ShouldBe(new UsageBatchHeader(_id, 42, 42));
    }

    [Fact]
    public async Task A_damaged_line_is_left_out_and_told_of_and_its_number_is_covered()
    {
        var damaged = DataDirectory.Line(_id, 2).Replace("r2", "rX", StringComparison.Ordinal);
        var first = _data.WriteSegment(_id, 1, DataDirectory.Line(_id, 1) + damaged + DataDirectory.Line(_id, 3));
        _data.WriteSegment(_id, 4, DataDirectory.Line(_id, 4));

        await using var host = await JournalHost.StartAsync(server.Port, _data.Path);
        var batches = await _ledger.TakeUntilAsync(4);

        batches[0].Header.First.ShouldBe(1);
        batches.SelectMany(batch => batch.Events).Select(usage => usage.Id.Sequence).ShouldBe([1, 3, 4]);
        host.Log.Errors.ShouldHaveSingleItem().Message.ShouldContain($"Line 2 of {first}");
    }

    [Fact]
    public async Task A_journal_that_is_damaged_where_it_ends_is_delivered_and_does_not_go_on()
    {
        var damaged = DataDirectory.Line(_id, 2).Replace("r2", "rX", StringComparison.Ordinal);
        _data.WriteSegment(_id, 1, DataDirectory.Line(_id, 1) + damaged);

        await using var host = await JournalHost.StartAsync(server.Port, _data.Path);
        var batch = await _ledger.TakeAsync();

        host.Id.ShouldNotBe(_id);
        (batch.Header, batch.Events.Single().RequestId).ShouldBe((new UsageBatchHeader(_id, 1, 1), "r1"));
    }

    [Fact]
    public async Task A_journal_of_which_Redis_knows_more_than_the_disk_does_not_give_its_numbers_away_again()
    {
        _data.WriteSegment(_id, 1, DataDirectory.Line(_id, 1));
        await _ledger.AcknowledgeAsync(_id, 5);

        await using var host = await JournalHost.StartAsync(server.Port, _data.Path);

        host.Id.ShouldNotBe(_id);
        await UntilGoneAsync(_id);
    }

    [Fact]
    public async Task Of_two_processes_with_one_folder_each_has_a_journal_and_one_that_is_left_behind_is_delivered_once_and_removed()
    {
        await using var one = await JournalHost.StartAsync(server.Port, _data.Path);
        _data.WriteSegment(_id, 1, DataDirectory.Line(_id, 1));
        _data.WriteSegment("zzzzzzzzzzzz", 5, DataDirectory.Line("zzzzzzzzzzzz", 5));
        await using var other = await JournalHost.StartAsync(server.Port, _data.Path);
        await using var third = await JournalHost.StartAsync(server.Port, _data.Path);

        other.Id.ShouldBe(_id);
        new[] { one.Id, other.Id, third.Id, "zzzzzzzzzzzz" }.Distinct().Count().ShouldBe(4);
        var batches = new[] { await _ledger.TakeAsync(), await _ledger.TakeAsync() };
        batches.Select(batch => batch.Header).ShouldBe([new(_id, 1, 1), new("zzzzzzzzzzzz", 5, 5)], ignoreOrder: true);

        await _ledger.AcknowledgeAsync("zzzzzzzzzzzz", 5);
        await UntilGoneAsync("zzzzzzzzzzzz");
        Directory.Exists(Path.Combine(_data.Root, _id)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_journal_whose_process_stops_later_is_taken_over_and_delivered()
    {
        await using var one = await JournalHost.StartAsync(server.Port, _data.Path, JournalHost.Settings with { LeftoverInterval = TimeSpan.FromMilliseconds(20) });
        var other = await JournalHost.StartAsync(server.Port, _data.Path);
        await other.AppendAsync("r1");
        var id = other.Id;
        await other.DisposeAsync();

        await _ledger.TakeAsync();
        await _ledger.AcknowledgeAsync(id, 1);
        await UntilGoneAsync(id);
    }

    // The folder is the only signal that there is.
    private async Task UntilGoneAsync(string journal)
    {
        while (Directory.Exists(Path.Combine(_data.Root, journal)))
        {
            RedisClients.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
