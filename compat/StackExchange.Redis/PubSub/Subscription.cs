namespace StackExchange.Redis.Connections;

/// <summary>One taker of a channel's messages; the handler is what a caller ends it by, where it gave one.</summary>
internal sealed record Subscription(ChannelMessageQueue Queue, Action<RedisChannel, RedisValue>? Handler);
