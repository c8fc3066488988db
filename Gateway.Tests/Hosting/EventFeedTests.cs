using ServiceDefaults.Events;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Hosting;

public sealed class EventFeedTests
{
    [Fact]
    public void What_comes_before_takes_the_room_that_is_left_and_the_rest_is_given_back()
    {
        var feed = new EventFeed<string>(keeps: 3, one => one);
        feed.Publish("d").ShouldBeNull();

        feed.Prepend(["a", "b", "c"]).ShouldBe(["a"]);

        feed.Last().ShouldBe(["b", "c", "d"]);
        feed.Publish("e").ShouldBe("b");
        feed.Prepend(["x"]).ShouldBe(["x"]);
    }

    [Fact]
    public void Who_comes_back_gets_what_it_wants_of_what_it_missed()
    {
        var feed = new EventFeed<string>(keeps: 10, one => one[..1]);
        foreach (var one in new[] { "1", "2!", "3", "4!" })
        {
            feed.Publish(one);
        }

        using var back = feed.Subscribe("1", one => one.EndsWith('!'));
        using var lost = feed.Subscribe("9", _ => true);
        using var fresh = feed.Subscribe(lastId: null, _ => true);

        (back.Since, back.IsReset).ShouldSatisfyAllConditions(seen => seen.Since.ShouldBe(["2!", "4!"]), seen => seen.IsReset.ShouldBeFalse());
        (lost.Since.Count, lost.IsReset, fresh.Since.Count, fresh.IsReset).ShouldBe((0, true, 0, false));
    }

    [Fact]
    public void Who_is_too_slow_is_told_how_much_it_missed_and_holds_nobody_up()
    {
        var feed = new EventFeed<string>(keeps: 10, one => one);
        using var slow = feed.Subscribe(lastId: null, _ => true);
        for (var i = 0; i < 1_005; i++)
        {
            feed.Publish("x");
        }

        (slow.TakeDropped(), slow.TakeDropped()).ShouldBe((5, 0));
        slow.Dispose();
        feed.HasSubscribers.ShouldBeFalse();
    }
}
