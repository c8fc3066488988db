namespace StackExchange.Redis;

/// <summary>There is no connection, or it broke while the command waited for its reply: whether the command was carried out is then not known.</summary>
public sealed class RedisConnectionException(ConnectionFailureType failureType, string message, Exception? innerException = null)
    : RedisException(message, innerException)
{
    public ConnectionFailureType FailureType { get; } = failureType;
}
