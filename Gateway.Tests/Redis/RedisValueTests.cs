using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Redis;

public sealed class RedisValueTests
{
    [Fact]
    public void Values_are_equal_where_their_bytes_on_the_wire_are()
    {
        RedisValue[] same = [1, 1L, "1", "1"u8.ToArray(), 1.0, true];

        same.Distinct().Count().ShouldBe(1);
        (same[0] == "2").ShouldBeFalse();
        (RedisValue.Null == RedisValue.EmptyString).ShouldBeFalse();
        new RedisKey("key").ShouldBe((RedisKey)"key"u8.ToArray());
    }

    [Fact]
    public void Numbers_and_text_are_converted_both_ways()
    {
        ((long)(RedisValue)"9223372036854775807").ShouldBe(long.MaxValue);
        ((double)(RedisValue)"-inf").ShouldBe(double.NegativeInfinity);
        ((string?)(RedisValue)double.PositiveInfinity).ShouldBe("+inf");
        ((string?)(RedisValue)0.1).ShouldBe("0.1");
        ((ulong)(RedisValue)ulong.MaxValue).ShouldBe(ulong.MaxValue);
        ((int?)RedisValue.Null).ShouldBeNull();
        ((bool)(RedisValue)"1").ShouldBeTrue();
        Should.Throw<InvalidCastException>(() => (long)(RedisValue)"one");
        Should.Throw<OverflowException>(() => (int)(RedisValue)long.MaxValue);
    }

    [Fact]
    public void A_part_of_an_array_is_that_part()
    {
        RedisValue part = "abcdef"u8.ToArray().AsMemory(2, 3);

        part.ToString().ShouldBe("cde");
        ((byte[]?)part).ShouldBe("cde"u8.ToArray());
        part.Length().ShouldBe(3);
    }
}
