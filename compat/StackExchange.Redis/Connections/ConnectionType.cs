namespace StackExchange.Redis;

/// <summary>What a connection is for.</summary>
public enum ConnectionType
{
    None = 0,

    /// <summary>Commands and their replies.</summary>
    Interactive = 1,

    /// <summary>Channels that were subscribed to.</summary>
    Subscription = 2,
}
