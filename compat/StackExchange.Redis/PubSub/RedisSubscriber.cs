using StackExchange.Redis.Connections;

namespace StackExchange.Redis;

internal sealed class RedisSubscriber(ConnectionMultiplexer multiplexer, SubscriptionHub hub) : ISubscriber
{
    public IConnectionMultiplexer Multiplexer => multiplexer;

    public bool IsConnected(RedisChannel channel = default) => hub.Keeper.IsConnected;

    public Task<TimeSpan> PingAsync(CommandFlags flags = CommandFlags.None) => multiplexer.GetDatabase().PingAsync(flags);

    public Task<long> PublishAsync(RedisChannel channel, RedisValue message, CommandFlags flags = CommandFlags.None)
        => multiplexer.GetDatabase().PublishAsync(channel, message, flags);

    public Task SubscribeAsync(RedisChannel channel, Action<RedisChannel, RedisValue> handler, CommandFlags flags = CommandFlags.None)
        => hub.SubscribeAsync(channel, handler, flags);

    public Task<ChannelMessageQueue> SubscribeAsync(RedisChannel channel, CommandFlags flags = CommandFlags.None)
        => hub.SubscribeAsync(channel, handler: null, flags);

    public Task UnsubscribeAsync(RedisChannel channel, Action<RedisChannel, RedisValue>? handler = null, CommandFlags flags = CommandFlags.None)
        => hub.UnsubscribeAsync(channel, handler, flags);

    public Task UnsubscribeAllAsync(CommandFlags flags = CommandFlags.None) => hub.UnsubscribeAllAsync(flags);
}
