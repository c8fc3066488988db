using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Redis;

/// <summary>A server that does not behave: a named error within the time-out, and all is well again with the next connection.</summary>
public sealed class BadServerTests
{
    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", ConnectionFailureType.ProtocolFailure)]
    [InlineData("$5\r\nhello, world\r\n", ConnectionFailureType.ProtocolFailure)]
    [InlineData("$9000000000\r\n", ConnectionFailureType.ProtocolFailure)]
    [InlineData("$-7\r\n", ConnectionFailureType.ProtocolFailure)]
    [InlineData("*2000000000\r\n", ConnectionFailureType.ProtocolFailure)]
    [InlineData("*99999999999999999999\r\n", ConnectionFailureType.ProtocolFailure)]
    [InlineData(":12x\r\n", ConnectionFailureType.ProtocolFailure)]
    [InlineData("\r\n", ConnectionFailureType.ProtocolFailure)]
    [InlineData("nested", ConnectionFailureType.ProtocolFailure)]
    [InlineData("endless", ConnectionFailureType.ProtocolFailure)]
    [InlineData("$10\r\nabc", ConnectionFailureType.SocketClosed)]
    [InlineData("*3\r\n:1\r\n", ConnectionFailureType.SocketClosed)]
    [InlineData("", ConnectionFailureType.SocketClosed)]
    public async Task Garbage_and_replies_cut_short_fail_the_command_and_the_next_connection_works(string reply, ConnectionFailureType type)
    {
        var text = reply switch
        {
            "nested" => string.Concat(Enumerable.Repeat("*1\r\n", 1_000)),
            "endless" => $"+{new string('x', 100_000)}",
            _ => reply,
        };
        var answered = 0;
        await using var server = new ScriptedRedis(async (_, stream) =>
        {
            if (answered++ > 0)
            {
                await ScriptedRedis.WriteAsync(stream, "$2\r\nok\r\n");
                return;
            }

            await ScriptedRedis.WriteAsync(stream, text);
            if (type == ConnectionFailureType.SocketClosed)
            {
                await stream.DisposeAsync();
            }
        });
        await using var redis = await Clients.ConnectAsync(server.Port);
        var restored = redis.RestoredAsync();

        var failure = await Should.ThrowAsync<RedisConnectionException>(() => redis.GetDatabase().StringGetAsync("key"));

        failure.FailureType.ShouldBe(type);
        failure.Message.ShouldContain("GET");
        await restored;
        ((string?)await redis.GetDatabase().StringGetAsync("key")).ShouldBe("ok");
    }

    [Fact]
    public async Task A_server_that_hangs_is_a_time_out_and_a_new_connection()
    {
        var asked = 0;
        await using var server = new ScriptedRedis((_, stream) => asked++ == 0 ? Task.CompletedTask : ScriptedRedis.WriteAsync(stream, "$2\r\nok\r\n"));
        await using var redis = await Clients.ConnectAsync(server.Port, options => options.AsyncTimeout = 200);
        var restored = redis.RestoredAsync();
        var since = TimeProvider.System.GetTimestamp();

        var failure = await Should.ThrowAsync<RedisTimeoutException>(() => redis.GetDatabase().StringGetAsync("key"));

        failure.Message.ShouldContain("GET");
        TimeProvider.System.GetElapsedTime(since).TotalMilliseconds.ShouldBeInRange(190, 2_000);
        await restored;
        ((string?)await redis.GetDatabase().StringGetAsync("key")).ShouldBe("ok");
    }

    [Fact]
    public async Task A_server_that_never_greets_is_an_error_within_the_time_to_connect()
    {
        await using var server = new ScriptedRedis(ScriptedRedis.Silence);
        var failure = await Should.ThrowAsync<RedisConnectionException>(() => Clients.ConnectAsync(server.Port, options =>
        {
            options.Password = "AUTH is not answered";
            options.ConnectTimeout = 200;
        }));

        failure.FailureType.ShouldBe(ConnectionFailureType.UnableToConnect);
        failure.Message.ShouldContain("200 ms");
        failure.Message.ShouldNotContain("AUTH is not answered");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_error_or_is_waited_for()
    {
        var gone = new ScriptedRedis(ScriptedRedis.Silence);
        var port = gone.Port;
        await gone.DisposeAsync();

        var failure = await Should.ThrowAsync<RedisConnectionException>(() => Clients.ConnectAsync(port));
        failure.FailureType.ShouldBe(ConnectionFailureType.UnableToConnect);

        await using var patient = await Clients.ConnectAsync(port, options => options.AbortOnConnectFail = false);
        patient.IsConnected.ShouldBeFalse();
        var refused = await Should.ThrowAsync<RedisConnectionException>(() => patient.GetDatabase().StringGetAsync("key"));
        refused.Message.ShouldContain("GET was not sent");
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_ends_the_connection()
    {
        await using var server = new ScriptedRedis(_ => "+OK\r\n+OK\r\n");
        await using var redis = await Clients.ConnectAsync(server.Port);
        var failed = new TaskCompletionSource<ConnectionFailureType>(TaskCreationOptions.RunContinuationsAsynchronously);
        redis.ConnectionFailed += (_, failure) => failed.TrySetResult(failure.FailureType);

        await redis.GetDatabase().StringSetAsync("key", "value");

        (await failed.Task.WaitAsync(Clients.Soon, TimeProvider.System, Clients.Token)).ShouldBe(ConnectionFailureType.ProtocolFailure);
    }

    [Fact]
    public async Task Closing_fails_what_still_waits()
    {
        var isAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedRedis((_, _) =>
        {
            isAsked.TrySetResult();
            return Task.CompletedTask;
        });
        var redis = await Clients.ConnectAsync(server.Port);
        var waiting = redis.GetDatabase().StringGetAsync("key");
        await isAsked.Task;

        await redis.CloseAsync();

        (await Should.ThrowAsync<RedisConnectionException>(() => waiting)).FailureType.ShouldBe(ConnectionFailureType.ConnectionDisposed);
        (await Should.ThrowAsync<RedisConnectionException>(() => redis.GetDatabase().StringGetAsync("key"))).Message.ShouldContain("closed here");
    }
}
