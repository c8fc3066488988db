namespace StackExchange.Redis;

/// <summary>What was published on a channel.</summary>
public readonly struct ChannelMessage
{
    internal ChannelMessage(RedisChannel subscription, RedisChannel channel, RedisValue message)
    {
        SubscriptionChannel = subscription;
        Channel = channel;
        Message = message;
    }

    /// <summary>The channel or pattern that was subscribed to.</summary>
    public RedisChannel SubscriptionChannel { get; }

    /// <summary>The channel that it was published on.</summary>
    public RedisChannel Channel { get; }

    public RedisValue Message { get; }

    public override string ToString() => $"{Channel}: {Message}";
}
