namespace StackExchange.Redis.Wire;

/// <summary>What came is no reply, or one beyond the limits: the connection cannot go on.</summary>
internal sealed class ReplyException(string message) : Exception(message);
