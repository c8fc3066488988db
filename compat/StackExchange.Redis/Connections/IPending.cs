using StackExchange.Redis.Wire;

namespace StackExchange.Redis.Connections;

/// <summary>A command that waits for its reply.</summary>
internal interface IPending
{
    RedisCommand Command { get; }

    /// <summary>How long it may wait, in ticks of the clock; null where as long as the connection lasts.</summary>
    long? Patience { get; }

    /// <summary>When it began to wait, as the clock's timestamp; 0 if it does not yet.</summary>
    long Since { get; set; }

    bool IsDone { get; }

    void Complete(in Reply reply);

    void Fail(Exception exception);
}
