using System.Text.Json;
using Gateway.Api.Configuration.Changes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Configuration.Changes;

/// <summary>What every place that keeps versions of the configuration has to do.</summary>
public abstract class ConfigurationHistoryConformance
{
    private protected abstract Task<IConfigurationHistory> OpenAsync();

    [Fact]
    public async Task It_is_empty_at_first()
    {
        var history = await OpenAsync();

        (await history.ReadNewestAsync(TestContext.Current.CancellationToken)).ShouldBeNull();
        (await history.ReadAllAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_is_kept_as_it_is_only_after_the_one_before_it()
    {
        var history = await OpenAsync();

        (await TryAddAsync(history, 2)).ShouldBeFalse();
        (await TryAddAsync(history, 1)).ShouldBeTrue();
        (await TryAddAsync(history, 1)).ShouldBeFalse();
        (await TryAddAsync(history, 2, rollbackTo: 0)).ShouldBeTrue();

        var newest = (await history.ReadNewestAsync(TestContext.Current.CancellationToken))!;
        (newest.Version, newest.Author, newest.RollbackTo, newest.ChangedAt, newest.Gateway.GetRawText()).ShouldBe((2, "jwt:alice", 0, At(2), """{"Limits":{"Retries":2}}"""));
        (await history.ReadAllAsync(TestContext.Current.CancellationToken)).Select(version => version.Version).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task Of_many_at_once_one_is_kept()
    {
        var history = await OpenAsync();

        var kept = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => TryAddAsync(history, 1)));

        kept.Count(isKept => isKept).ShouldBe(1);
    }

    [Fact]
    public async Task The_oldest_go()
    {
        var history = await OpenAsync();
        for (var version = 1; version <= IConfigurationHistory.Capacity + 2; version++)
        {
            await TryAddAsync(history, version);
        }

        var kept = await history.ReadAllAsync(TestContext.Current.CancellationToken);
        (kept.Count, kept[^1].Version).ShouldBe((IConfigurationHistory.Capacity, 3));
    }

    private static Task<bool> TryAddAsync(IConfigurationHistory history, int version, long? rollbackTo = null)
    {
        var gateway = JsonSerializer.SerializeToElement(new { Limits = new { Retries = version } });
        return history.TryAddAsync(new ConfigurationVersion(version, "jwt:alice", At(version), gateway, rollbackTo), TestContext.Current.CancellationToken);
    }

    private static DateTimeOffset At(int minute) => new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero).AddMinutes(minute);
}
