using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Redis;

public abstract partial class RedisConformance
{
    private const string Increment = "return redis.call('INCRBY', KEYS[1], ARGV[1])";

    [Fact]
    public async Task A_script_is_loaded_where_the_server_does_not_know_it()
    {
        var key = NewKey();

        ((long)await Database.ScriptEvaluateAsync(Increment, [key], [2])).ShouldBe(2);
        await Database.ExecuteAsync("SCRIPT", "FLUSH");
        ((long)await Database.ScriptEvaluateAsync(Increment, [key], [3])).ShouldBe(5);
        await Database.ScriptEvaluateAsync(Increment, [key], [4], CommandFlags.FireAndForget);
        ((long)await Database.StringGetAsync(key)).ShouldBe(9);
    }

    [Fact]
    public async Task Scripts_are_atomic()
    {
        const string ReadThenWrite = "local n = tonumber(redis.call('GET', KEYS[1]) or '0') redis.call('SET', KEYS[1], n + 1) return n + 1";
        var key = NewKey();

        var results = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(_ => Database.ScriptEvaluateAsync(ReadThenWrite, [key])));

        results.Select(result => (int)result).Order().ShouldBe(Enumerable.Range(1, 2_000));
    }

    [Fact]
    public async Task A_script_returns_nested_values()
    {
        var result = await Database.ScriptEvaluateAsync("return {1, 'two', {3, false}, {}}");

        result.Length.ShouldBe(4);
        ((long)result[0]).ShouldBe(1);
        ((string?)result[1]).ShouldBe("two");
        ((long)result[2][0]).ShouldBe(3);
        result[2][1].IsNull.ShouldBeTrue();
        result[3].Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_script_that_fails_is_an_error()
    {
        var failure = await Should.ThrowAsync<RedisServerException>(() => Database.ScriptEvaluateAsync("return redis.error_reply('LIMIT reached')"));

        failure.Message.ShouldContain("LIMIT reached");
    }
}
