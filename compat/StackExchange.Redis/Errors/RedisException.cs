namespace StackExchange.Redis;

/// <summary>Something went wrong between here and Redis.</summary>
public class RedisException(string message, Exception? innerException = null) : Exception(message, innerException);
