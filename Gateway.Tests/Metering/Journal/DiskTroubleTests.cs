using System.Diagnostics.Metrics;
using Gateway.Api.Metering.Journal;
using Gateway.Tests.Redis;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Telemetry;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Metering.Journal;

/// <summary>A disk that refuses: requests go on, and nothing is lost in silence.</summary>
public sealed class DiskTroubleTests(RedisServerFixture server) : IClassFixture<RedisServerFixture>, IAsyncLifetime
{
    private static readonly JournalSettings Small = JournalHost.Settings with { SegmentBytes = 1000 };

    private readonly DataDirectory _data = new();
    private readonly Ledger _ledger = new(server.Port);

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

    [Theory]
    [InlineData("Process")]
    [InlineData("Disk")]
    public async Task Where_no_journal_can_be_made_events_wait_in_memory_until_one_can(string durability)
    {
        await File.WriteAllTextAsync(_data.Root, "a file", RedisClients.Token);
        await using var host = await JournalHost.StartAsync(server.Port, _data.Path, JournalHost.Settings.With(durability));
        await host.AppendAsync(1, 10);
        (await HealthAsync(host)).ShouldBe(HealthStatus.Degraded);

        File.Delete(_data.Root);
        await UntilAsync(() => !host.Service.IsRefused);

        _data.Events(host.Id).Select(usage => usage.RequestId).ShouldBe(Enumerable.Range(1, 10).Select(number => $"r{number}"));
        (await HealthAsync(host)).ShouldBe(HealthStatus.Healthy);
        TroubleOf(host).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData("Process")]
    [InlineData("Disk")]
    public async Task A_disk_that_goes_and_comes_back_gets_every_event_once_and_in_order(string durability)
    {
        // Slow enough that the disk is not tried between the two calls that bring it back.
        var slow = Small.With(durability) with { FirstRetry = TimeSpan.FromMilliseconds(300), LastRetry = TimeSpan.FromMilliseconds(300) };
        await using var host = await JournalHost.StartAsync(server.Port, _data.Path, slow);
        await host.AppendAsync(1, 5);
        Directory.Move(_data.Root, _data.Root + "-away");
        await File.WriteAllTextAsync(_data.Root, "a file", RedisClients.Token);
        await host.AppendAsync(6, 20);
        await UntilAsync(() => host.Service.IsRefused);

        File.Delete(_data.Root);
        Directory.Move(_data.Root + "-away", _data.Root);
        await UntilAsync(() => !host.Service.IsRefused);
        await host.AppendAsync("r26");

        _data.Events(host.Id).Select(usage => (usage.Id.Sequence, usage.RequestId)).ShouldBe(Enumerable.Range(1, 26).Select(number => ((long)number, $"r{number}")));
        var events = (await _ledger.TakeUntilAsync(26)).SelectMany(batch => batch.Events).DistinctBy(usage => usage.Id);
        events.Select(usage => usage.RequestId).ShouldBe(Enumerable.Range(1, 26).Select(number => $"r{number}"));
        TroubleOf(host).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_journal_that_takes_up_all_that_it_may_goes_on_when_events_are_acknowledged()
    {
        await using var host = await JournalHost.StartAsync(server.Port, _data.Path, Small.With("Disk") with { MaxBytes = 3000 });
        await host.AppendAsync(1, 40);
        host.Service.IsRefused.ShouldBeTrue();
        _data.Segments(host.Id).Sum(segment => new FileInfo(segment).Length).ShouldBeLessThanOrEqualTo(3000);
        host.Log.Errors.ShouldHaveSingleItem().Message.ShouldContain("Journal:MaxBytes");

        for (var next = 1L; next <= 40;)
        {
            next = (await _ledger.TakeAsync()).Header.Last + 1;
            await _ledger.AcknowledgeAsync(host.Id, next - 1);
        }

        await UntilAsync(() => !host.Service.IsRefused);
    }

    [Fact]
    public async Task An_event_for_which_there_is_no_room_in_memory_either_is_in_the_log_whole_and_counted()
    {
        var lost = 0L;
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => Enable(instrument, listener) };
        meters.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref lost, count));
        meters.Start();
        await File.WriteAllTextAsync(_data.Root, "a file", RedisClients.Token);
        await using var host = await JournalHost.StartAsync(server.Port, _data.Path, Small with { MaxMemoryBytes = 500 });
        await host.AppendAsync(1, 10);

        var logged = host.Log.Errors.Where(line => line.Message.Contains("kept nowhere", StringComparison.Ordinal)).Select(line => line.Message).ToList();
        logged.Count.ShouldBeInRange(6, 8);
        logged[^1].ShouldEndWith("""{"request_id":"r10","at":"2026-11-21T08:30:00+00:00","operation":"chat","status":"ok","http_status":200}""");
        Interlocked.Read(ref lost).ShouldBeGreaterThanOrEqualTo(logged.Count);

        // Those that had room are not given up, and their numbers have no gaps.
        File.Delete(_data.Root);
        await UntilAsync(() => !host.Service.IsRefused);
        await host.AppendAsync("r11");
        var kept = 10 - logged.Count;
        _data.Events(host.Id).Select(usage => usage.Id.Sequence).ShouldBe(Enumerable.Range(1, kept + 1).Select(number => (long)number));
    }

    [Fact]
    public async Task What_is_not_on_disk_when_the_process_stops_is_in_the_log()
    {
        await File.WriteAllTextAsync(_data.Root, "a file", RedisClients.Token);
        var host = await JournalHost.StartAsync(server.Port, _data.Path);
        await host.AppendAsync(1, 3);
        await host.StopAsync();

        host.Log.Errors.Select(line => line.Message).Where(message => message.Contains("kept nowhere", StringComparison.Ordinal)).Count().ShouldBe(3);
        await host.DisposeAsync();
    }

    private static Task<HealthStatus> HealthAsync(JournalHost host) =>
        new JournalHealthCheck(host.Service, JournalHost.Settings).CheckHealthAsync(new HealthCheckContext(), RedisClients.Token)
            .ContinueWith(check => check.Result.Status, TaskScheduler.Default);

    private static (int Begun, int Ended) TroubleOf(JournalHost host) =>
        (host.Log.Lines.Count(line => line.Level == LogLevel.Error && line.Message.Contains("cannot be written", StringComparison.Ordinal)),
         host.Log.Lines.Count(line => line.Message.Contains("is written again", StringComparison.Ordinal)));

    private static void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == TelemetryNames.Gateway && instrument.Name == "gateway.usage.lost")
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    // What the committer's thread does gives no signal.
    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            RedisClients.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
