namespace StackExchange.Redis;

/// <summary>The version of the wire protocol.</summary>
public enum RedisProtocol
{
    Resp2 = 20000,
    Resp3 = 30000,
}
