using System.Threading.Channels;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Redis;

public abstract partial class RedisConformance
{
    [Fact]
    public async Task Messages_come_in_order_to_handlers_queues_and_patterns()
    {
        var name = NewKey().ToString();
        var channel = RedisChannel.Literal(name);
        var subscriber = Redis.GetSubscriber();
        var handled = Channel.CreateUnbounded<string>();
        await subscriber.SubscribeAsync(channel, (from, message) => handled.Writer.TryWrite($"{from} {message}"));
        var queue = await subscriber.SubscribeAsync(channel);
        var pattern = await subscriber.SubscribeAsync(RedisChannel.Pattern($"{name[..^1]}*"));

        foreach (var text in (string[])["a", "b", "c"])
        {
            (await Database.PublishAsync(channel, text)).ShouldBeGreaterThan(0);
            (await handled.Reader.ReadAsync(Clients.Token)).ShouldBe($"{name} {text}");
            (await queue.ReadAsync(Clients.Token)).Message.ShouldBe<RedisValue>(text);
            var matched = await pattern.ReadAsync(Clients.Token);
            matched.Channel.ShouldBe(channel);
            matched.Message.ShouldBe<RedisValue>(text);
        }
    }

    [Fact]
    public async Task A_subscription_that_has_ended_takes_nothing_more()
    {
        var channel = RedisChannel.Literal(NewKey().ToString());
        var subscriber = Redis.GetSubscriber();
        var ended = await subscriber.SubscribeAsync(channel);
        var other = await subscriber.SubscribeAsync(channel);

        await ended.UnsubscribeAsync();
        (await subscriber.PublishAsync(channel, "one")).ShouldBe(1);
        (await other.ReadAsync(Clients.Token)).Message.ShouldBe<RedisValue>("one");
        ended.TryRead(out _).ShouldBeFalse();
        await ended.Completion;

        await subscriber.UnsubscribeAsync(channel);
        (await subscriber.PublishAsync(channel, "two")).ShouldBe(0);
    }

    [Fact]
    public async Task A_handler_that_fails_is_reported_and_gets_the_next_message()
    {
        var channel = RedisChannel.Literal(NewKey().ToString());
        var reported = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Redis.InternalError += (_, error) => reported.TrySetResult(error.Exception);
        await Redis.GetSubscriber().SubscribeAsync(channel, (_, message) =>
        {
            if (message == "bad")
            {
                throw new FormatException("bad message");
            }

            second.SetResult();
        });

        await Database.PublishAsync(channel, "bad");
        await Database.PublishAsync(channel, "good");

        (await reported.Task.WaitAsync(Clients.Soon, TimeProvider.System, Clients.Token)).ShouldBeOfType<FormatException>();
        await second.Task.WaitAsync(Clients.Soon, TimeProvider.System, Clients.Token);
    }
}
