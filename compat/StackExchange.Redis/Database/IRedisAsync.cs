namespace StackExchange.Redis;

/// <summary>What all views of a connection have.</summary>
public interface IRedisAsync
{
    IConnectionMultiplexer Multiplexer { get; }

    /// <summary>Asks the server whether it is there; returns how long the answer took.</summary>
    Task<TimeSpan> PingAsync(CommandFlags flags = CommandFlags.None);
}
