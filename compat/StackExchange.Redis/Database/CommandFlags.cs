namespace StackExchange.Redis;

/// <summary>How a command is sent.</summary>
[Flags]
public enum CommandFlags
{
    None = 0,

    /// <summary>The task is complete at once, with the default result; the reply, an error included, is dropped.</summary>
    FireAndForget = 2,
}
