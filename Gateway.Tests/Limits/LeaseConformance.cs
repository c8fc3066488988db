using Gateway.Api.Limits;
using Gateway.Api.Limits.Shared;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Limits;

/// <summary>Leases: what a gateway admits without asking, and that nobody can tell by the books.</summary>
public abstract class LeaseConformance(ServerFixture server) : IAsyncDisposable
{
    private const int Many = 100;
    private const int Rounds = 2000;

    private static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(60);
    private static readonly Scope Wide = new("k:1", "k:1") { RequestsPerMinute = 100_000, TokensPerMinute = 1_000_000, Concurrent = 5000, MonthlyNanoUsd = 10_000_000 };

    private readonly ManualTime _time = new();

    private SharedStores Stores => field ??= new SharedStores(server, _time);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Stores.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "G5.1")]
    public async Task Many_are_admitted_without_asking_and_the_books_are_as_if_each_had()
    {
        var (store, other) = (await Stores.NewAsync(), await Stores.NewAsync());
        var group = Group(Wide);

        var unasked = 0;
        for (var i = 0; i < Many; i++)
        {
            var hold = new Hold(group, tokens: 50, nanoUsd: 500);
            var verdict = store.HoldAsync(hold);
            unasked += hold.Lease is null ? 0 : 1;
            (await verdict).ShouldSatisfyAllConditions(
                admitted => admitted.IsAdmitted.ShouldBeTrue(),
                admitted => admitted.RequestsRemaining.ShouldBeLessThan(100_000 - i),
                admitted => admitted.BudgetSpent.ShouldBeLessThanOrEqualTo(i * 200));
            store.Settle(hold, tokens: 20, nanoUsd: 200);
        }

        await store.Places.Single().FinishAsync();

        unasked.ShouldBeGreaterThan(Many / 2);
        (await Stores.HeldAsync(group)).ShouldBe(0);
        (await other.HoldAsync(new Hold(group, tokens: 1, nanoUsd: 1))).ShouldBe(new Verdict
        {
            Requests = LimitKind.RequestsPerMinute, RequestLimit = 100_000, RequestsRemaining = 100_000 - Many - 1,
            TokenLimit = 1_000_000, TokensRemaining = 1_000_000 - (Many * 20) - 1,
            Budget = LimitKind.MonthlyBudget, BudgetLimit = 10_000_000, BudgetSpent = Many * 200, BudgetHeld = 1,
        });
    }

    [Fact]
    public async Task What_is_told_of_a_lease_is_what_would_be_told_without()
    {
        var store = await Stores.NewAsync();
        var group = Group(Wide);
        var holds = await LeasedAsync(store, group, tokens: 50, nanoUsd: 500);

        var verdict = await store.HoldAsync(new Hold(group, tokens: 50, nanoUsd: 500));

        verdict.RequestsRemaining.ShouldBe(100_000 - holds.Count - 1);
        verdict.TokensRemaining.ShouldBe(1_000_000 - ((holds.Count + 1) * 50));
        verdict.BudgetHeld.ShouldBe((holds.Count + 1) * 500);
    }

    [Fact]
    public async Task Near_a_limit_each_request_is_asked_for()
    {
        var store = await Stores.NewAsync();
        var narrow = new Scope("t", "t");
        foreach (var scope in new[]
        {
            narrow with { RequestsPerMinute = Many }, narrow with { RequestsPerDay = Many }, narrow with { TokensPerMinute = Many }, narrow with { Concurrent = Many / 2 },
            narrow with { DailyNanoUsd = Many }, narrow with { MonthlyNanoUsd = Many },
        })
        {
            var group = Group(Wide, scope);
            for (var i = 0; i < Many / 2; i++)
            {
                var hold = new Hold(group, tokens: 1, nanoUsd: 1);
                (await store.HoldAsync(hold)).IsAdmitted.ShouldBeTrue();
                hold.Lease.ShouldBeNull();
            }
        }
    }

    [Fact]
    public async Task A_request_that_outlasts_its_lease_has_a_hold_of_its_own()
    {
        var (store, other) = (await Stores.NewAsync(), await Stores.NewAsync());
        var group = Group(Wide);
        var holds = await LeasedAsync(store, group, tokens: 50, nanoUsd: 500);
        var streaming = holds[^1];

        holds.SkipLast(1).ToList().ForEach(hold => store.Settle(hold, tokens: 50, nanoUsd: 500));
        _time.Advance(Lease);
        store.Places.Single().EndLeases();
        await store.Places.Single().FinishAsync();

        (streaming.Lease, streaming.Member).ShouldSatisfyAllConditions(kept => kept.Lease.ShouldBeNull(), kept => kept.Member.ShouldNotBeNull());
        (await Stores.HeldAsync(group)).ShouldBe(1);
        var verdict = await other.HoldAsync(new Hold(group, tokens: 1, nanoUsd: 1));
        (verdict.BudgetSpent, verdict.BudgetHeld).ShouldBe(((holds.Count - 1) * 500, 501));

        store.Settle(streaming, tokens: 7, nanoUsd: 70);
        await store.Places.Single().FinishAsync();
        verdict = await other.HoldAsync(new Hold(group, tokens: 1, nanoUsd: 1));
        (verdict.BudgetSpent, verdict.BudgetHeld, verdict.TokensRemaining).ShouldBe((((holds.Count - 1) * 500) + 70, 2, 1_000_000 - ((holds.Count - 1) * 50) - 7 - 2));
    }

    [Fact]
    public async Task What_a_gateway_that_is_gone_had_leased_comes_back()
    {
        var (gone, other) = (await Stores.NewAsync(), await Stores.NewAsync());
        var group = Group(Wide);
        await LeasedAsync(gone, group, tokens: 50, nanoUsd: 500);

        _time.Advance(HoldTime);

        var verdict = await other.HoldAsync(new Hold(group, tokens: 1, nanoUsd: 1));
        await other.Places.Single().FinishAsync();
        (await other.HoldAsync(new Hold(group, tokens: 1, nanoUsd: 1))).BudgetHeld.ShouldBe(2);
        verdict.IsAdmitted.ShouldBeTrue();
    }

    [Fact]
    [Trait("Requirement", "G5.1")]
    public async Task Requests_at_once_from_several_gateways_fill_a_limit_and_never_overshoot()
    {
        const int Limit = 2000;
        const int Callers = 20;
        RedisLimits[] stores = [await Stores.NewAsync(), await Stores.NewAsync(), await Stores.NewAsync()];
        var group = Group(Wide with { RequestsPerMinute = Limit });

        var leased = 0;
        async Task<int> AskAsync(RedisLimits store)
        {
            var hold = new Hold(group, tokens: 1, nanoUsd: 1);
            var verdict = store.HoldAsync(hold);
            Interlocked.Add(ref leased, verdict.IsCompleted ? 1 : 0);
            if (!(await verdict).IsAdmitted)
            {
                return 0;
            }

            store.Settle(hold, tokens: 1, nanoUsd: 1);
            return 1;
        }

        async Task<int> CallAsync(RedisLimits store)
        {
            var admitted = 0;
            for (var i = 0; i < Limit / Callers; i++)
            {
                admitted += await AskAsync(store);
            }

            return admitted;
        }

        var admitted = (await Task.WhenAll(Enumerable.Range(0, 2 * Callers).Select(i => Task.Run(() => CallAsync(stores[i % stores.Length]))))).Sum();
        foreach (var store in stores)
        {
            await store.Places.Single().FinishAsync();
        }

        admitted.ShouldBeLessThanOrEqualTo(Limit);
        leased.ShouldBeGreaterThan(0);
        while (await AskAsync(stores[0]) == 1)
        {
            admitted++;
        }

        admitted.ShouldBe(Limit);
    }

    [Fact]
    [Trait("Requirement", "G5.1")]
    public async Task A_gateway_that_leases_decides_as_the_judge_does()
    {
        var store = await Stores.NewAsync();
        var random = new Random(20261122);
        Scope[] scopes = [new("k:a", "k:a") { RequestsPerMinute = 900, Concurrent = 400 }, new("t", "t") { TokensPerMinute = 50_000, DailyNanoUsd = 5_000_000 }];
        var group = Group(scopes);
        var judge = new LimitJudge(scopes);
        var underWay = new List<Hold>();
        var (leased, refused) = (0, 0);

        for (var round = 0; round < Rounds; round++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(random.Next(200) == 0 ? random.Next(30_000) : random.Next(8)));
            while (underWay.Count > 0 && random.Next(3) > 0)
            {
                var ended = underWay[random.Next(underWay.Count)];
                underWay.Remove(ended);
                var (tokens, cost) = (random.NextInt64(ended.Tokens + 1), random.NextInt64(ended.NanoUsd + 1));
                store.Settle(ended, tokens, cost);
                judge.Settle(ended, tokens, cost);
            }

            var hold = new Hold(group, random.Next(1, 100), random.Next(5) == 0 ? 0 : random.Next(1, 5000));
            var expected = judge.Decide(hold, Moment.Of(_time.GetUtcNow()));
            var verdict = await store.HoldAsync(hold);
            (verdict.Refused, verdict.IsAdmitted ? 0 : verdict.Scope).ShouldBe(expected, $"round {round}");
            leased += hold.Lease is null ? 0 : 1;
            refused += verdict.IsAdmitted ? 0 : 1;
            if (verdict.IsAdmitted)
            {
                judge.Take(hold);
                underWay.Add(hold);
            }
        }

        leased.ShouldBeGreaterThan(Rounds / 20);
        refused.ShouldBeGreaterThan(Rounds / 20);
    }

    private static ScopeGroup Group(params Scope[] scopes) => new(ScopeGroup.TenantPlace(Guid.NewGuid().ToString()), scopes);

    // Asks until a lease admits, and leaves all under way.
    private static async Task<List<Hold>> LeasedAsync(RedisLimits store, ScopeGroup group, long tokens, long nanoUsd)
    {
        var holds = new List<Hold>();
        while (holds.Count(hold => hold.Lease is not null) < 2)
        {
            holds.Add(new Hold(group, tokens, nanoUsd));
            (await store.HoldAsync(holds[^1])).IsAdmitted.ShouldBeTrue();
        }

        return holds;
    }
}
