using Gateway.Tests.Redis;
using Shouldly;
using Xunit;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Metering.Journal;

/// <summary>A journal on disk, as those see it who append.</summary>
public sealed class UsageJournalTests(RedisServerFixture server) : IClassFixture<RedisServerFixture>, IDisposable
{
    private readonly DataDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("Process")]
    [InlineData("Disk")]
    public async Task An_event_is_in_the_file_with_its_id_when_its_append_completes(string durability)
    {
        await using var host = await JournalHost.StartAsync(server.Port, _data.Path, JournalHost.Settings.With(durability));
        await host.AppendAsync("r1");

        _data.Events(host.Id).ShouldBe([JournalHost.Event("r1") with { Id = new(host.Id, 1) }]);
        (host.Id.Length, host.Id.All(char.IsAsciiLetterOrDigit)).ShouldBe((12, true));
    }

    [Theory]
    [InlineData("Process")]
    [InlineData("Disk")]
    public async Task Of_64_who_append_at_once_each_event_is_there_when_its_append_completes_and_once_and_in_order(string durability)
    {
        const int Callers = 64;
        const int Each = 200;
        await using var host = await JournalHost.StartAsync(server.Port, _data.Path, JournalHost.Settings.With(durability));

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => host.AppendAsync(caller * Each, Each))));

        var events = _data.Events(host.Id);
        events.Select(usage => usage.Id.Sequence).ShouldBe(Enumerable.Range(1, Callers * Each).Select(number => (long)number));
        events.Select(usage => usage.RequestId).Order().ShouldBe(Enumerable.Range(0, Callers * Each).Select(number => $"r{number}").Order());
    }

    [Fact]
    public async Task No_reply_waits_for_the_disk_where_the_tail_has_its_event()
    {
        await using var host = await JournalHost.StartAsync(server.Port, _data.Path, JournalHost.Settings with { FlushInterval = TimeSpan.FromHours(1) });
        await host.AppendAsync("r1");
        await host.AppendAsync("r2");

        _data.Events(host.Id).Select(usage => usage.RequestId).ShouldBe(["r1", "r2"]);
        _data.Segments(host.Id).ShouldHaveSingleItem();
        await host.StopAsync();
        _data.Events(host.Id).Select(usage => usage.RequestId).ShouldBe(["r1", "r2"]);
    }

    [Fact]
    public async Task A_full_segment_is_followed_by_one_that_is_named_by_its_first_event()
    {
        await using var host = await JournalHost.StartAsync(server.Port, _data.Path, JournalHost.Settings.With("Disk") with { SegmentBytes = 1000 });
        await host.AppendAsync(1, 20);

        var segments = _data.Segments(host.Id);
        segments.Count.ShouldBeGreaterThan(2);
        foreach (var segment in segments)
        {
            var name = Path.GetFileNameWithoutExtension(segment);
            (await File.ReadAllTextAsync(segment, RedisClients.Token)).ShouldContain($"\"id\":\"{host.Id}.{long.Parse(name, null)}\"");
        }

        _data.Events(host.Id).Select(usage => usage.Id.Sequence).ShouldBe(Enumerable.Range(1, 20).Select(number => (long)number));
    }

    [Fact]
    public async Task What_is_appended_when_the_process_has_stopped_is_in_the_log()
    {
        var host = await JournalHost.StartAsync(server.Port, _data.Path);
        await host.StopAsync();
        await host.AppendAsync("late");

        host.Log.Errors.ShouldHaveSingleItem().Message.ShouldContain("\"request_id\":\"late\"");
        await host.DisposeAsync();
    }
}
