namespace StackExchange.Redis;

/// <summary>The server answered with an error; the message is the server's, such as <c>READONLY You can't write against a read only replica.</c></summary>
public sealed class RedisServerException(string message) : RedisException(message);
