using Gateway.Api.Limits;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Limits;

/// <summary>What every store of limits has to do, whoever counts.</summary>
public abstract class LimitStoreConformance
{
    private const int Rounds = 1500;

    private protected ManualTime Time { get; } = new();

    private protected abstract Task<ILimitStore> StoreAsync();

    private protected static Scope Somebody(string name = "k:1") => new(name, name);

    private protected static ScopeGroup Group(params Scope[] scopes) => new(ScopeGroup.TenantPlace(Guid.NewGuid().ToString()), scopes);

    [Fact]
    [Trait("Requirement", "G5.1")]
    public async Task A_minute_holds_no_more_requests_than_allowed_and_they_come_back()
    {
        var store = await StoreAsync();
        var group = Group(Somebody() with { RequestsPerMinute = 3 });

        for (var left = 2; left >= 0; left--)
        {
            var admitted = await HoldAsync(store, group);
            admitted.ShouldSatisfyAllConditions(
                () => admitted.IsAdmitted.ShouldBeTrue(),
                () => admitted.RequestLimit.ShouldBe(3),
                () => admitted.RequestsRemaining.ShouldBe(left));
        }

        var refused = await HoldAsync(store, group);
        refused.Refused.ShouldBe(LimitKind.RequestsPerMinute);
        refused.Used.ShouldBe(3);
        refused.WaitMilliseconds.ShouldBeInRange(60_000, 64_000);

        Time.Advance(TimeSpan.FromMilliseconds(refused.WaitMilliseconds - 1));
        (await HoldAsync(store, group)).IsAdmitted.ShouldBeFalse();
        Time.Advance(TimeSpan.FromMilliseconds(1));
        (await HoldAsync(store, group)).IsAdmitted.ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_held_and_not_used_is_given_back()
    {
        var store = await StoreAsync();
        var group = Group(Somebody() with { TokensPerMinute = 100, Concurrent = 1, DailyNanoUsd = 1000, MonthlyNanoUsd = 1000 });
        var first = new Hold(group, tokens: 90, nanoUsd: 900);

        (await store.HoldAsync(first)).BudgetHeld.ShouldBe(900);
        (await HoldAsync(store, group, tokens: 11)).Refused.ShouldBe(LimitKind.TokensPerMinute);
        (await HoldAsync(store, group, tokens: 1)).Refused.ShouldBe(LimitKind.ConcurrentRequests);
        store.Settle(first, tokens: 10, nanoUsd: 100);

        var second = await HoldAsync(store, group, tokens: 90, nanoUsd: 900);
        second.IsAdmitted.ShouldBeTrue();
        second.TokensRemaining.ShouldBe(0);
        second.BudgetSpent.ShouldBe(100);
        second.BudgetHeld.ShouldBe(900);
    }

    [Fact]
    public async Task All_scopes_admit_or_none_counts()
    {
        var store = await StoreAsync();
        var narrow = Somebody("k:narrow") with { RequestsPerMinute = 1 };
        var wide = Somebody("t") with { RequestsPerMinute = 3 };
        var both = Group(wide, narrow);

        (await HoldAsync(store, both)).IsAdmitted.ShouldBeTrue();
        var refused = await HoldAsync(store, both);
        refused.Refused.ShouldBe(LimitKind.RequestsPerMinute);
        refused.Scope.ShouldBe(1);
        (await HoldAsync(store, both with { Scopes = [wide] })).RequestsRemaining.ShouldBe(1);
    }

    [Fact]
    public async Task Budgets_and_daily_requests_begin_anew_with_the_day_in_UTC()
    {
        var store = await StoreAsync();
        var group = Group(Somebody() with { RequestsPerDay = 2, DailyNanoUsd = 100, MonthlyNanoUsd = 150 });
        var first = new Hold(group, 1, 80);
        await store.HoldAsync(first);
        store.Settle(first, 1, 80);

        (await HoldAsync(store, group, nanoUsd: 21)).Refused.ShouldBe(LimitKind.DailyBudget);
        await SettleAsync(store, group, nanoUsd: 20);
        (await HoldAsync(store, group)).Refused.ShouldBe(LimitKind.RequestsPerDay);

        Time.Advance(Moment.Of(Time.GetUtcNow()).UntilTomorrow);
        var refused = await HoldAsync(store, group, nanoUsd: 51);
        refused.Refused.ShouldBe(LimitKind.MonthlyBudget);
        refused.Used.ShouldBe(100);
        (await HoldAsync(store, group, nanoUsd: 50)).IsAdmitted.ShouldBeTrue();

        Time.Advance(Moment.Of(Time.GetUtcNow()).UntilNextMonth);
        (await HoldAsync(store, group, nanoUsd: 50)).IsAdmitted.ShouldBeTrue();
    }

    [Fact]
    public async Task What_costs_nothing_passes_a_budget_that_is_spent_and_what_has_no_price_does_not()
    {
        var store = await StoreAsync();
        var group = Group(Somebody() with { MonthlyNanoUsd = 100 });
        await SettleAsync(store, group, nanoUsd: 100);

        (await HoldAsync(store, group, nanoUsd: 0)).IsAdmitted.ShouldBeTrue();
        (await store.HoldAsync(new Hold(group, 1, nanoUsd: null))).Refused.ShouldBe(LimitKind.MonthlyBudget);
    }

    [Fact]
    [Trait("Requirement", "G5.1")]
    public async Task Random_requests_are_decided_as_the_judge_decides_them()
    {
        var store = await StoreAsync();
        var random = new Random(20261121);
        Scope[] scopes =
        [
            Somebody("u:ann") with { RequestsPerMinute = 35, Concurrent = 3 },
            Somebody("k:a") with { TokensPerMinute = 900, DailyNanoUsd = 250_000 },
            Somebody("t") with { RequestsPerDay = 450, MonthlyNanoUsd = 2_000_000, TokensPerMinute = 1000 },
        ];
        var group = Group(scopes);
        var judge = new LimitJudge(scopes);
        var underWay = new List<Hold>();
        var admitted = 0;

        for (var round = 0; round < Rounds; round++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(random.Next(2500)));
            while (underWay.Count > 0 && random.Next(3) > 0)
            {
                var ended = underWay[random.Next(underWay.Count)];
                underWay.Remove(ended);
                var (tokens, cost) = (random.NextInt64(ended.Tokens + 1), random.NextInt64(ended.NanoUsd + 1));
                store.Settle(ended, tokens, cost);
                judge.Settle(ended, tokens, cost);
            }

            var hold = new Hold(group, random.Next(1, 100), random.Next(5) == 0 ? 0 : random.Next(1, 5000));
            var expected = judge.Decide(hold, Moment.Of(Time.GetUtcNow()));
            var verdict = await store.HoldAsync(hold);
            (verdict.Refused, verdict.Refused == LimitKind.None ? 0 : verdict.Scope).ShouldBe(expected, $"round {round}");
            if (verdict.IsAdmitted)
            {
                judge.Take(hold);
                underWay.Add(hold);
                admitted++;
            }
        }

        admitted.ShouldBeInRange(Rounds / 10, Rounds - (Rounds / 10));
        judge.KindsSeen.ShouldBe([LimitKind.RequestsPerMinute, LimitKind.RequestsPerDay, LimitKind.TokensPerMinute, LimitKind.ConcurrentRequests, LimitKind.DailyBudget], ignoreOrder: true);
    }

    private protected static ValueTask<Verdict> HoldAsync(ILimitStore store, ScopeGroup group, long tokens = 1, long nanoUsd = 0) =>
        store.HoldAsync(new Hold(group, tokens, nanoUsd));

    private static async Task SettleAsync(ILimitStore store, ScopeGroup group, long nanoUsd)
    {
        var hold = new Hold(group, 1, nanoUsd);
        (await store.HoldAsync(hold)).IsAdmitted.ShouldBeTrue();
        store.Settle(hold, 1, nanoUsd);
    }
}
