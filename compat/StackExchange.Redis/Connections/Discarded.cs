using StackExchange.Redis.Wire;

namespace StackExchange.Redis.Connections;

/// <summary>A command whose reply nobody wants. It is still waited for: replies come in the order of their commands.</summary>
internal sealed class Discarded(RedisCommand command, long? patience) : IPending
{
    public RedisCommand Command => command;

    public long? Patience => patience;

    public long Since { get; set; }

    public bool IsDone { get; private set; }

    public void Complete(in Reply reply) => IsDone = true;

    public void Fail(Exception exception) => IsDone = true;
}
