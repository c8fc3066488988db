using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Redis;

public abstract partial class RedisConformance
{
    [Fact]
    public async Task Hashes()
    {
        var key = NewKey();

        await Database.HashSetAsync(key, [new HashEntry("a", 1), new HashEntry("b", "two")]);
        (await Database.HashSetAsync(key, "c", "three")).ShouldBeTrue();
        (await Database.HashSetAsync(key, "c", "3")).ShouldBeFalse();
        (await Database.HashSetAsync(key, "c", "four", When.NotExists)).ShouldBeFalse();
        (await Database.HashGetAsync(key, "c")).ShouldBe<RedisValue>("3");
        (await Database.HashGetAsync(key, ["b", "missing", "a"])).ShouldBe(["two", RedisValue.Null, 1]);
        (await Database.HashGetAllAsync(key)).OrderBy(entry => entry.Name.ToString())
            .ShouldBe([new HashEntry("a", 1), new HashEntry("b", "two"), new HashEntry("c", "3")]);
        (await Database.HashIncrementAsync(key, "a", 41)).ShouldBe(42);
        (await Database.HashIncrementAsync(key, "d", 0.5)).ShouldBe(0.5);
        (await Database.HashLengthAsync(key)).ShouldBe(4);
        (await Database.HashExistsAsync(key, "b")).ShouldBeTrue();
        (await Database.HashDeleteAsync(key, "b")).ShouldBeTrue();
        (await Database.HashDeleteAsync(key, ["a", "b", "c"])).ShouldBe(2);
        (await Database.HashGetAllAsync(NewKey())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sets()
    {
        var key = NewKey();

        (await Database.SetAddAsync(key, "a")).ShouldBeTrue();
        (await Database.SetAddAsync(key, ["a", "b", "c"])).ShouldBe(2);
        (await Database.SetContainsAsync(key, "b")).ShouldBeTrue();
        (await Database.SetRemoveAsync(key, "b")).ShouldBeTrue();
        (await Database.SetMembersAsync(key)).Select(member => member.ToString()).Order().ShouldBe(["a", "c"]);
        (await Database.SetRemoveAsync(key, ["a", "x"])).ShouldBe(1);
        (await Database.SetLengthAsync(key)).ShouldBe(1);
    }

    [Fact]
    public async Task Sorted_sets()
    {
        var key = NewKey();

        (await Database.SortedSetAddAsync(key, "one", 1, CommandFlags.None)).ShouldBeTrue();
        (await Database.SortedSetAddAsync(key, [new SortedSetEntry("two", 2.5), new SortedSetEntry("three", 3)])).ShouldBe(2);
        (await Database.SortedSetAddAsync(key, "one", 9, When.NotExists)).ShouldBeFalse();
        (await Database.SortedSetAddAsync(key, "one", 0.5, SortedSetWhen.Exists | SortedSetWhen.GreaterThan)).ShouldBeFalse();
        (await Database.SortedSetScoreAsync(key, "one")).ShouldBe(1);
        (await Database.SortedSetScoreAsync(key, "none")).ShouldBeNull();
        (await Database.SortedSetIncrementAsync(key, "one", 0.5)).ShouldBe(1.5);
        (await Database.SortedSetRangeByRankAsync(key)).ShouldBe(["one", "two", "three"]);
        (await Database.SortedSetRangeByRankAsync(key, 0, 0, Order.Descending)).ShouldBe(["three"]);
        (await Database.SortedSetRangeByScoreAsync(key, 1.5, 3, Exclude.Start)).ShouldBe(["two", "three"]);
        (await Database.SortedSetRangeByScoreAsync(key, 1.5, 3, Exclude.Stop, Order.Descending)).ShouldBe(["two", "one"]);
        (await Database.SortedSetRangeByScoreAsync(key, skip: 1, take: 1)).ShouldBe(["two"]);
        (await Database.SortedSetRangeByScoreWithScoresAsync(key, stop: 2.5)).ShouldBe([new SortedSetEntry("one", 1.5), new SortedSetEntry("two", 2.5)]);
        (await Database.SortedSetLengthAsync(key)).ShouldBe(3);
        (await Database.SortedSetLengthAsync(key, 2, 3, Exclude.Stop)).ShouldBe(1);
        (await Database.SortedSetRemoveRangeByScoreAsync(key, double.NegativeInfinity, 2.5)).ShouldBe(2);
        (await Database.SortedSetRemoveAsync(key, ["three", "none"])).ShouldBe(1);
        (await Database.SortedSetRemoveAsync(key, "three")).ShouldBeFalse();
    }

    [Fact]
    public async Task Lists()
    {
        var (key, other) = (NewKey(), NewKey());

        (await Database.ListLeftPushAsync(key, "b", When.Exists)).ShouldBe(0);
        (await Database.ListRightPushAsync(key, ["b", "c", "d"])).ShouldBe(3);
        (await Database.ListLeftPushAsync(key, "a")).ShouldBe(4);
        (await Database.ListRangeAsync(key)).ShouldBe(["a", "b", "c", "d"]);
        (await Database.ListMoveAsync(key, other, ListSide.Left, ListSide.Right)).ShouldBe<RedisValue>("a");
        (await Database.ListRangeAsync(other, 0, -1)).ShouldBe(["a"]);
        (await Database.ListMoveAsync(NewKey(), other, ListSide.Left, ListSide.Right)).IsNull.ShouldBeTrue();
        (await Database.ListRemoveAsync(key, "c")).ShouldBe(1);
        (await Database.ListLengthAsync(key)).ShouldBe(2);
        await Database.ListTrimAsync(key, 1, -1);
        (await Database.ListRightPopAsync(key)).ShouldBe<RedisValue>("d");
        (await Database.ListLeftPopAsync(key)).IsNull.ShouldBeTrue();
        await Database.ListLeftPushAsync(key, ["1", "2", "3"], CommandFlags.None);
        (await Database.ListLeftPopAsync(key, 2)).ShouldBe(["3", "2"]);
        (await Database.ListRightPopAsync(key, 5)).ShouldBe(["1"]);
        (await Database.ListLeftPopAsync(key, 5)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_that_waits_at_the_server_holds_up_nobody()
    {
        var (source, target) = (NewKey(), NewKey());
        var waiting = Database.ExecuteAsync("BLMOVE", source, target, "LEFT", "RIGHT", 10);

        (await Database.StringSetAsync(NewKey(), "other")).ShouldBeTrue();
        waiting.IsCompleted.ShouldBeFalse();
        await Database.ListRightPushAsync(source, "event");

        ((string?)await waiting.WaitAsync(Clients.Soon, TimeProvider.System, Clients.Token)).ShouldBe("event");
        (await Database.ListRangeAsync(target)).ShouldBe(["event"]);
        (await Database.ExecuteAsync("BLMOVE", source, target, "LEFT", "RIGHT", 0.01)).IsNull.ShouldBeTrue();
    }
}
