using System.Text;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Redis;

/// <summary>Every kind of reply, in one piece and byte by byte.</summary>
public sealed class ReplyTests
{
    [Theory]
    [InlineData("+text\r\n", "SimpleString text")]
    [InlineData("$5\r\nhello\r\n", "BulkString hello")]
    [InlineData("$0\r\n\r\n", "BulkString ")]
    [InlineData("$-1\r\n", "Null ")]
    [InlineData("*-1\r\n", "Null ")]
    [InlineData("_\r\n", "Null ")]
    [InlineData(":-12\r\n", "Integer -12")]
    [InlineData("#t\r\n", "Boolean 1")]
    [InlineData(",1.25\r\n", "BulkString 1.25")]
    [InlineData(",-inf\r\n", "BulkString -inf")]
    [InlineData("(3492890328409238509324850943850943825024385\r\n", "SimpleString 3492890328409238509324850943850943825024385")]
    [InlineData("=8\r\ntxt:text\r\n", "BulkString text")]
    [InlineData("*0\r\n", "Array[]")]
    [InlineData("*2\r\n:1\r\n*1\r\n$1\r\na\r\n", "Array[Integer 1, Array[BulkString a]]")]
    [InlineData("%1\r\n+a\r\n:1\r\n", "Map[SimpleString a, Integer 1]")]
    [InlineData("~1\r\n+a\r\n", "Set[SimpleString a]")]
    [InlineData("|1\r\n+ttl\r\n:9\r\n*1\r\n|0\r\n:1\r\n", "Array[Integer 1]")]
    [InlineData(">2\r\n+invalidate\r\n:1\r\n+after a push\r\n", "SimpleString after a push")]
    public async Task Is_read(string reply, string expected)
    {
        await using var server = new ScriptedRedis(async (command, stream) =>
        {
            if (command[0] == "WHOLE")
            {
                await ScriptedRedis.WriteAsync(stream, reply);
                return;
            }

            foreach (var letter in Encoding.UTF8.GetBytes(reply))
            {
                await stream.WriteAsync(new[] { letter });
            }
        });
        await using var redis = await Clients.ConnectAsync(server.Port);

        Describe(await redis.GetDatabase().ExecuteAsync("WHOLE")).ShouldBe(expected);
        Describe(await redis.GetDatabase().ExecuteAsync("PIECES")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("-ERR no\r\n")]
    [InlineData("!6\r\nERR no\r\n")]
    public async Task That_is_an_error_is_thrown(string reply)
    {
        await using var server = new ScriptedRedis(_ => reply);
        await using var redis = await Clients.ConnectAsync(server.Port);

        (await Should.ThrowAsync<RedisServerException>(() => redis.GetDatabase().ExecuteAsync("FAIL"))).Message.ShouldBe("ERR no");
    }

    [Fact]
    public async Task Of_another_kind_than_the_commands_is_an_error_and_the_connection_goes_on()
    {
        await using var server = new ScriptedRedis(command => command[0] == "INCRBY" ? "*1\r\n:1\r\n" : "$2\r\nok\r\n");
        await using var redis = await Clients.ConnectAsync(server.Port);

        (await Should.ThrowAsync<RedisException>(() => redis.GetDatabase().StringIncrementAsync("key"))).Message.ShouldContain("INCRBY");
        ((string?)await redis.GetDatabase().StringGetAsync("key")).ShouldBe("ok");
    }

    [Fact]
    public async Task A_server_that_does_not_know_RESP3_is_talked_to_in_RESP2()
    {
        await using var server = new ScriptedRedis(command => command[0] switch
        {
            "HELLO" => "-ERR unknown command 'HELLO'\r\n",
            "AUTH" => "+OK\r\n",
            _ => "$2\r\nok\r\n",
        });
        await using var redis = await Clients.ConnectAsync(server.Port, options =>
        {
            options.Protocol = RedisProtocol.Resp3;
            options.Password = "password";
        });

        ((string?)await redis.GetDatabase().StringGetAsync("key")).ShouldBe("ok");
    }

    private static string Describe(RedisResult result) => result.Length < 0
        ? $"{result.Resp3Type} {result}"
        : $"{result.Resp3Type}[{string.Join(", ", Enumerable.Range(0, result.Length).Select(index => Describe(result[index])))}]";
}
