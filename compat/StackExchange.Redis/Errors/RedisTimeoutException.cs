namespace StackExchange.Redis;

/// <summary>A command was not answered within its time-out: whether it was carried out is not known unless it was never sent.</summary>
public sealed class RedisTimeoutException(string message, CommandStatus commandStatus) : TimeoutException(message)
{
    public CommandStatus Commandstatus { get; } = commandStatus;
}
