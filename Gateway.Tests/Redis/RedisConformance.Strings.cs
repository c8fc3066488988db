using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Redis;

public abstract partial class RedisConformance
{
    [Fact]
    public async Task Strings_are_read_written_and_deleted()
    {
        var (key, other) = (NewKey(), NewKey());

        (await Database.StringGetAsync(key)).IsNull.ShouldBeTrue();
        (await Database.StringSetAsync(key, "häßlich")).ShouldBeTrue();
        (await Database.StringGetAsync(key)).ShouldBe<RedisValue>("häßlich");
        (await Database.StringGetAsync([key, other])).ShouldBe(["häßlich", RedisValue.Null]);
        (await Database.KeyExistsAsync(key)).ShouldBeTrue();
        (await Database.KeyExistsAsync([key, other])).ShouldBe(1);
        (await Database.KeyDeleteAsync(key)).ShouldBeTrue();
        (await Database.KeyDeleteAsync(key)).ShouldBeFalse();
        await Database.StringSetAsync(other, RedisValue.EmptyString);
        (await Database.StringGetDeleteAsync(other)).ShouldBe(RedisValue.EmptyString);
        (await Database.KeyDeleteAsync([key, other])).ShouldBe(0);
    }

    [Fact]
    public async Task Strings_are_written_under_a_condition()
    {
        var key = NewKey();

        (await Database.StringSetAsync(key, "a", when: When.Exists)).ShouldBeFalse();
        (await Database.StringSetAsync(key, "b", TimeSpan.FromSeconds(100), When.NotExists)).ShouldBeTrue();
        (await Database.StringSetAsync(key, "c", TimeSpan.FromSeconds(100), When.NotExists, CommandFlags.None)).ShouldBeFalse();
        (await Database.StringSetAsync(key, "d", when: When.Exists)).ShouldBeTrue();
        (await Database.StringGetAsync(key)).ShouldBe<RedisValue>("d");
    }

    [Fact]
    public async Task Keys_have_a_time_to_live()
    {
        var key = NewKey();

        await Database.StringSetAsync(key, 1, TimeSpan.FromSeconds(100));
        (await TimeToLive()).ShouldBeInRange(90_000, 100_000);
        await Database.StringSetAsync(key, 2, keepTtl: true);
        (await TimeToLive()).ShouldBeInRange(90_000, 100_000);
        await Database.StringSetAsync(key, 3, TimeSpan.FromMilliseconds(50_500));
        (await TimeToLive()).ShouldBeInRange(40_000, 50_500);
        await Database.StringSetAsync(key, 4);
        (await TimeToLive()).ShouldBe(-1);
        (await Database.KeyExpireAsync(key, TimeSpan.FromSeconds(200))).ShouldBeTrue();
        (await TimeToLive()).ShouldBeInRange(190_000, 200_000);
        (await Database.KeyExpireAsync(key, TimeSpan.FromSeconds(10), ExpireWhen.GreaterThanCurrentExpiry)).ShouldBeFalse();
        (await Database.KeyExpireAsync(key, TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(300))).ShouldBeTrue();
        (await TimeToLive()).ShouldBeInRange(290_000, 300_000);
        (await Database.KeyExpireAsync(key, (TimeSpan?)null)).ShouldBeTrue();
        (await TimeToLive()).ShouldBe(-1);
        (await Database.KeyExpireAsync(NewKey(), TimeSpan.FromSeconds(1))).ShouldBeFalse();

        async Task<double> TimeToLive() => (await Database.KeyTimeToLiveAsync(key))?.TotalMilliseconds ?? -1;
    }

    [Fact]
    public async Task Counters_count()
    {
        var (whole, broken) = (NewKey(), NewKey());

        (await Database.StringIncrementAsync(whole)).ShouldBe(1);
        (await Database.StringIncrementAsync(whole, long.MaxValue - 1)).ShouldBe(long.MaxValue);
        (await Database.StringDecrementAsync(whole, 7)).ShouldBe(long.MaxValue - 7);
        ((long)await Database.StringGetAsync(whole)).ShouldBe(long.MaxValue - 7);
        (await Database.StringIncrementAsync(broken, 1.5)).ShouldBe(1.5);
        (await Database.StringDecrementAsync(broken, 0.25)).ShouldBe(1.25);
    }
}
