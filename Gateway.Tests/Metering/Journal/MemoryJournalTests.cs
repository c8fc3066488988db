using Gateway.Tests.Redis;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Metering.Journal;

/// <summary>A gateway whose disk does not outlive it.</summary>
public sealed class MemoryJournalTests : IAsyncLifetime
{
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
    }

    [Fact]
    public async Task An_event_is_in_Redis_when_its_append_completes()
    {
        await using var host = await JournalHost.StartAsync(_redis.Port, directory: null);
        await host.AppendAsync("r1");

        (await _ledger.WaitingAsync()).ShouldBe(1);
        var batch = await _ledger.TakeAsync();
        batch.Header.ShouldBe(new UsageBatchHeader(host.Id, 1, 1));
        batch.Events.ShouldBe([JournalHost.Event("r1") with { Id = new(host.Id, 1) }]);
    }

    [Fact]
    public async Task Of_64_who_append_at_once_each_event_arrives_once_and_in_order()
    {
        await using var host = await JournalHost.StartAsync(_redis.Port, directory: null, JournalHost.Settings with { AcknowledgementInterval = TimeSpan.FromHours(1) });
        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(() => host.AppendAsync(caller * 20, 20))));

        var events = (await _ledger.TakeUntilAsync(64 * 20)).SelectMany(batch => batch.Events).ToList();
        events.Select(usage => usage.Id.Sequence).ShouldBe(Enumerable.Range(1, 64 * 20).Select(number => (long)number));
        events.Select(usage => usage.RequestId).Order().ShouldBe(Enumerable.Range(0, 64 * 20).Select(number => $"r{number}").Order());
    }

    [Fact]
    public async Task While_Redis_is_away_requests_go_on_and_their_events_are_delivered_later()
    {
        await using var host = await JournalHost.StartAsync(_redis.Port, directory: null);
        await host.AppendAsync("r1");
        await _redis.KillAsync();
        await host.AppendAsync(2, 5);
        await _redis.StartAsync();

        await using var ledger = new Ledger(_redis.Port);
        (await ledger.TakeUntilAsync(6)).SelectMany(batch => batch.Events).Select(usage => usage.RequestId).Distinct().ShouldBe(["r1", "r2", "r3", "r4", "r5", "r6"]);
        await host.AppendAsync("r7");
        (await ledger.TakeUntilAsync(7)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_is_acknowledged_takes_up_no_memory()
    {
        await using var host = await JournalHost.StartAsync(_redis.Port, directory: null);
        await host.AppendAsync(1, 5);
        host.Service.Gatherer.HeldBytes.ShouldBeGreaterThan(0);
        await _ledger.AcknowledgeAsync(host.Id, 5);

        while (host.Service.Gatherer.HeldBytes > 0)
        {
            RedisClients.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task What_Redis_never_got_is_in_the_log_when_the_process_stops_or_memory_is_full()
    {
        await _redis.KillAsync();
        var host = await JournalHost.StartAsync(_redis.Port, directory: null, JournalHost.Settings with { MaxMemoryBytes = 1000 });
        await host.AppendAsync(1, 20);
        await host.StopAsync();

        var logged = host.Log.Errors.Select(line => line.Message).ToList();
        Enumerable.Range(1, 20).ShouldAllBe(number => logged.Count(message => message.Contains($"\"request_id\":\"r{number}\"")) == 1);
        await host.DisposeAsync();
    }
}
