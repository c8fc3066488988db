using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Redis;

public abstract partial class RedisConformance
{
    [Fact]
    public async Task A_server_that_is_killed_under_load_and_comes_back_fails_commands_by_name_and_none_hangs()
    {
        await using var mortal = await server.StartAsync();
        await using var redis = await ConnectAsync(mortal.Port);
        var database = redis.GetDatabase();
        var subscription = await redis.GetSubscriber().SubscribeAsync(RedisChannel.Literal("news"));
        var (commands, subscriptions) = (redis.RestoredAsync(), redis.RestoredAsync(ConnectionType.Subscription));
        var isBusy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = Enumerable.Range(0, 50).Select(_ => Task.Run(UntilItFailedAndCameBackAsync)).ToList();

        await isBusy.Task;
        await mortal.KillAsync();
        await mortal.StartAsync();

        var failures = await Task.WhenAll(load).WaitAsync(Clients.Soon, TimeProvider.System, Clients.Token);
        failures.ShouldAllBe(failure => failure.FailureType != ConnectionFailureType.None && failure.Message.Contains("INCRBY"));
        await subscriptions;
        (await database.PublishAsync(RedisChannel.Literal("news"), "back")).ShouldBe(1);
        (await subscription.ReadAsync(Clients.Token)).Message.ShouldBe<RedisValue>("back");

        async Task<RedisConnectionException> UntilItFailedAndCameBackAsync()
        {
            RedisConnectionException failure;
            try
            {
                while (true)
                {
                    if (await database.StringIncrementAsync("load") > 1_000)
                    {
                        isBusy.TrySetResult();
                    }
                }
            }
            catch (RedisConnectionException exception)
            {
                failure = exception;
            }

            await commands;
            await database.StringIncrementAsync("load");
            return failure;
        }
    }

    [Fact]
    public async Task Commands_wait_for_the_server_where_the_policy_says_so()
    {
        await using var mortal = await server.StartAsync();
        await using var redis = await ConnectAsync(mortal.Port, options => options.BacklogPolicy = BacklogPolicy.Default);
        var broken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        redis.ConnectionFailed += (_, _) => broken.TrySetResult();

        await mortal.KillAsync();
        await broken.Task;
        var waiting = Enumerable.Range(1, 3).Select(_ => redis.GetDatabase().StringIncrementAsync("waiting")).ToList();
        waiting.ShouldAllBe(command => !command.IsCompleted);
        await mortal.StartAsync();

        (await Task.WhenAll(waiting).WaitAsync(Clients.Soon, TimeProvider.System, Clients.Token)).ShouldBe([1, 2, 3]);
    }
}
