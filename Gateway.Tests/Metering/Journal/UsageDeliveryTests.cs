using Gateway.Api.Metering.Journal;
using Gateway.Tests.Redis;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Metering.Journal;

public sealed class UsageDeliveryTests : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly DataDirectory _data = new();
    private ServerProcess _redis = null!;
    private Ledger _ledger = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServers.StartRedisAsync();
        _ledger = new Ledger(_redis.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        await _redis.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task Events_arrive_in_batches_in_order_and_without_gaps()
    {
        await using var host = await StartAsync(JournalHost.Settings with { BatchTime = Long, BatchEvents = 100, LastDeliveryTime = Long });
        await Task.WhenAll(Enumerable.Range(0, 10).Select(caller => Task.Run(() => host.AppendAsync(caller * 100, 100))));
        await host.StopAsync();

        var batches = await _ledger.TakeUntilAsync(1000);
        batches.ShouldAllBe(batch => batch.Events.Count <= 100 && batch.Header.Journal == host.Id);
        batches.SelectMany(batch => batch.Events).Select(usage => usage.Id).ShouldBe(Enumerable.Range(1, 1000).Select(number => new UsageEventId(host.Id, number)));
        batches.Select(batch => batch.Header.First).ShouldBe(batches.Select(batch => batch.Header.Last + 1).SkipLast(1).Prepend(1));
    }

    [Fact]
    public async Task Segments_of_which_all_is_acknowledged_are_deleted()
    {
        await using var host = await StartAsync(JournalHost.Settings with { SegmentBytes = 1000 });
        await _ledger.WorkAsync();
        await host.AppendAsync(1, 30);
        await _ledger.TakeUntilAsync(30);
        var segments = _data.Segments(host.Id);
        await _ledger.AcknowledgeAsync(host.Id, 29);

        // The last segment stays: it is still written to.
        await UntilAsync(() => _data.Segments(host.Id).Count == 1);
        _data.Segments(host.Id).ShouldBe([segments[^1]]);
        host.Log.Lines.ShouldAllBe(line => line.Level < LogLevel.Warning);
    }

    [Fact]
    public async Task What_is_not_acknowledged_in_time_is_pushed_again_from_the_first_event_that_is_not()
    {
        await using var host = await StartAsync(JournalHost.Settings with { AcknowledgementPatience = TimeSpan.FromMilliseconds(300) });
        await _ledger.WorkAsync();
        await host.AppendAsync(1, 3);
        await _ledger.TakeUntilAsync(3);
        await _ledger.AcknowledgeAsync(host.Id, 1);

        var again = await _ledger.TakeAsync();
        (again.Header.First, again.Events[0].RequestId).ShouldBe((2, "r2"));
        host.Log.Lines.ShouldContain(line => line.Level == LogLevel.Warning && line.Message.Contains("pushed again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_nobody_has_is_pushed_again_at_once()
    {
        await using var host = await StartAsync(JournalHost.Settings with { AcknowledgementPatience = Long });
        await host.AppendAsync(1, 2);
        (await _ledger.TakeUntilAsync(2)).ShouldNotBeEmpty();

        (await _ledger.TakeAsync()).Header.ShouldBe(new UsageBatchHeader(host.Id, 1, 2));
    }

    [Fact]
    public async Task What_is_being_worked_on_is_not_pushed_again()
    {
        await using var host = await StartAsync(JournalHost.Settings with { AcknowledgementPatience = Long });
        await _ledger.WorkAsync();
        await host.AppendAsync("r1");
        await _ledger.TakeAsync();
        await host.AppendAsync("r2");

        (await _ledger.TakeAsync()).Header.ShouldBe(new UsageBatchHeader(host.Id, 2, 2));
        (await _ledger.WaitingAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_Redis_that_dies_and_comes_back_empty_gets_all_that_is_not_acknowledged_and_the_log_says_so_once()
    {
        await using var host = await StartAsync(JournalHost.Settings);
        await host.AppendAsync(1, 10);
        await UntilAsync(async () => await _ledger.WaitingAsync() > 0);
        await _redis.KillAsync();
        await host.AppendAsync(11, 10);
        await UntilAsync(() => host.Log.Lines.Any(line => line.Message.Contains("cannot be delivered", StringComparison.Ordinal)));
        await _redis.StartAsync();

        await using var ledger = new Ledger(_redis.Port);
        var events = new SortedDictionary<long, string>();
        while (events.Count < 20)
        {
            foreach (var usage in (await ledger.TakeAsync()).Events)
            {
                events[usage.Id.Sequence] = usage.RequestId;
            }
        }

        events.Values.ShouldBe(Enumerable.Range(1, 20).Select(number => $"r{number}"));
        host.Log.Lines.Count(line => line.Message.Contains("cannot be delivered", StringComparison.Ordinal)).ShouldBe(1);
        host.Log.Lines.Count(line => line.Message.Contains("are delivered again", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task No_more_is_pushed_while_nobody_takes_what_waits()
    {
        await using var host = await StartAsync(JournalHost.Settings with { MaxWaitingBatches = 3, BatchEvents = 10, BatchesInFlight = 1, AcknowledgementPatience = Long });
        await _ledger.WorkAsync();
        await host.AppendAsync(1, 200);
        await UntilAsync(async () => await _ledger.WaitingAsync() == 4);

        await host.AppendAsync("r201");
        (await _ledger.WaitingAsync()).ShouldBe(4);
        (await _ledger.TakeUntilAsync(201)).SelectMany(batch => batch.Events).Count().ShouldBe(201);
    }

    [Fact]
    public async Task Events_of_the_last_moment_are_delivered_as_the_process_stops()
    {
        var host = await StartAsync(JournalHost.Settings with { BatchTime = Long, LastDeliveryTime = Long });
        await host.AppendAsync(1, 5);
        await host.StopAsync();

        (await _ledger.TakeUntilAsync(5)).SelectMany(batch => batch.Events).Count().ShouldBe(5);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_process_that_starts_without_Redis_takes_no_journal_over_and_delivers_when_it_is_there()
    {
        var before = await StartAsync(JournalHost.Settings);
        await _redis.KillAsync();
        await before.AppendAsync("r1");
        var left = before.Id;
        await before.DisposeAsync();

        await using var host = await StartAsync(JournalHost.Settings);
        await host.AppendAsync("r1");
        host.Id.ShouldNotBe(left);
        await _redis.StartAsync();

        await using var ledger = new Ledger(_redis.Port);
        await ledger.WorkAsync();
        new[] { await ledger.TakeAsync(), await ledger.TakeAsync() }.Select(batch => batch.Header)
            .ShouldBe([new(host.Id, 1, 1), new(left, 1, 1)], ignoreOrder: true);
    }

    private Task<JournalHost> StartAsync(JournalSettings settings) => JournalHost.StartAsync(_redis.Port, _data.Path, settings);

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    // What another program or the disk shows gives no signal.
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            RedisClients.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
