namespace StackExchange.Redis;

/// <summary>Channels: who publishes on one reaches those who are subscribed at that moment, and only them.</summary>
public interface ISubscriber : IRedis
{
    /// <summary>Whether subscriptions are live at this moment.</summary>
    bool IsConnected(RedisChannel channel = default);

    /// <summary>Returns how many took it at the server.</summary>
    Task<long> PublishAsync(RedisChannel channel, RedisValue message, CommandFlags flags = CommandFlags.None);

    /// <summary>
    /// Calls the handler for each message, one after another. The task ends when the server has confirmed it; where there is no
    /// connection it ends at once, and the next connection subscribes. What is published while there is none is lost.
    /// </summary>
    Task SubscribeAsync(RedisChannel channel, Action<RedisChannel, RedisValue> handler, CommandFlags flags = CommandFlags.None);

    /// <summary>The same with a queue in the place of the handler.</summary>
    Task<ChannelMessageQueue> SubscribeAsync(RedisChannel channel, CommandFlags flags = CommandFlags.None);

    /// <summary>Ends all subscriptions to the channel, or those with this handler.</summary>
    Task UnsubscribeAsync(RedisChannel channel, Action<RedisChannel, RedisValue>? handler = null, CommandFlags flags = CommandFlags.None);

    Task UnsubscribeAllAsync(CommandFlags flags = CommandFlags.None);
}
