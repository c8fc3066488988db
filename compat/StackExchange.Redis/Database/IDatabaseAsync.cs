namespace StackExchange.Redis;

/// <summary>The commands of one database. A command that is not answered within the time-out fails with <see cref="RedisTimeoutException"/>, one that
/// finds no connection or loses it with <see cref="RedisConnectionException"/>, one that the server refuses with <see cref="RedisServerException"/>.</summary>
public partial interface IDatabaseAsync : IRedisAsync
{
    /// <summary>Whether commands can be sent at this moment.</summary>
    bool IsConnected(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Returns how many took it at the server.</summary>
    Task<long> PublishAsync(RedisChannel channel, RedisValue message, CommandFlags flags = CommandFlags.None);
}
