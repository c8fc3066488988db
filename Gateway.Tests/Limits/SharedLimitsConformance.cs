using Gateway.Api.Limits;
using Gateway.Api.Limits.Shared;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Limits;

/// <summary>What stores that share their counts have to do besides.</summary>
public abstract class SharedLimitsConformance(ServerFixture server) : LimitStoreConformance, IAsyncDisposable
{
    private static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(60);

    private SharedStores Stores => field ??= new SharedStores(server, Time);

    private protected override async Task<ILimitStore> StoreAsync() => await RedisLimitsAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Stores.DisposeAsync();
    }

    [Fact]
    public async Task A_hold_that_nobody_settles_expires_by_itself()
    {
        var (gone, other) = (await RedisLimitsAsync(), await RedisLimitsAsync());
        var group = Group(Somebody() with { Concurrent = 1, DailyNanoUsd = 100 });
        await HoldAsync(gone, group, nanoUsd: 100);

        Time.Advance(HoldTime - TimeSpan.FromMilliseconds(1));
        (await HoldAsync(other, group)).Refused.ShouldBe(LimitKind.ConcurrentRequests);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        (await HoldAsync(other, group, nanoUsd: 100)).BudgetHeld.ShouldBe(100);
        (await HeldAsync(group)).ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_lasts_keeps_its_hold()
    {
        var (streaming, other) = (await RedisLimitsAsync(), await RedisLimitsAsync());
        var group = Group(Somebody() with { Concurrent = 1 });
        var stream = new Hold(group, 1, 0);
        await streaming.HoldAsync(stream);

        for (var minute = 0; minute < 3; minute++)
        {
            Time.Advance(HoldTime / 2);
            streaming.Places.Single().Tend(HoldTime / 3);
            (await HoldAsync(streaming, group)).Refused.ShouldBe(LimitKind.ConcurrentRequests);
            Time.Advance(HoldTime / 2);
            (await HoldAsync(other, group)).Refused.ShouldBe(LimitKind.ConcurrentRequests);
        }

        streaming.Settle(stream, 1, 0);
        (await HoldAsync(streaming, group)).IsAdmitted.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_settled_after_its_hold_has_expired_is_booked_all_the_same()
    {
        var (slow, other) = (await RedisLimitsAsync(), await RedisLimitsAsync());
        var group = Group(Somebody() with { DailyNanoUsd = 100 });
        var hold = new Hold(group, 1, 90);
        await slow.HoldAsync(hold);
        Time.Advance(HoldTime);
        (await HoldAsync(other, group)).BudgetHeld.ShouldBe(0);

        slow.Settle(hold, 1, 70);

        var verdict = await HoldAsync(slow, group);
        (verdict.BudgetSpent, verdict.BudgetHeld).ShouldBe((70, 0));
    }

    [Fact]
    public async Task Many_at_once_from_several_replicas_never_overshoot()
    {
        RedisLimits[] replicas = [await RedisLimitsAsync(), await RedisLimitsAsync(), await RedisLimitsAsync()];
        var group = Group(Somebody() with { RequestsPerMinute = 100, Concurrent = 60, DailyNanoUsd = 5_000 }, Somebody("t") with { TokensPerMinute = 7_000 });

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 600).Select(i => Task.Run(async () => await HoldAsync(replicas[i % 3], group, tokens: 100, nanoUsd: 100))));

        verdicts.Count(verdict => verdict.IsAdmitted).ShouldBe(50);
        (await HeldAsync(group)).ShouldBe(50);
    }

    [Fact]
    public async Task Names_may_be_long_and_of_any_letters()
    {
        var store = await RedisLimitsAsync();
        var group = new ScopeGroup(
            ScopeGroup.TenantPlace($"Müller {{}} {Guid.NewGuid()}"),
            [Somebody($"u:{new string('ü', 500)}") with { Concurrent = 1 }, Somebody("k:\n\"") with { RequestsPerMinute = 5 }]);

        (await HoldAsync(store, group)).RequestsRemaining.ShouldBe(4);
        (await HoldAsync(store, group)).Refused.ShouldBe(LimitKind.ConcurrentRequests);
    }

    private Task<long> HeldAsync(ScopeGroup group) => Stores.HeldAsync(group);

    private Task<RedisLimits> RedisLimitsAsync() => Stores.NewAsync();
}
