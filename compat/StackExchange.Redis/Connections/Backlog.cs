using System.Buffers;
using StackExchange.Redis.Wire;

namespace StackExchange.Redis.Connections;

/// <summary>Commands that wait for a connection. Not safe for several threads at once.</summary>
internal sealed class Backlog(TimeProvider clock)
{
    private const long MaximumBytes = 64L * 1024 * 1024;

    private readonly Queue<(IPending Pending, byte[] Written)> _commands = new();
    private long _bytes;

    /// <summary>False where it is full.</summary>
    public bool TryAdd(IPending pending, ReadOnlySpan<RedisValue> arguments)
    {
        if (_bytes > MaximumBytes)
        {
            return false;
        }

        var written = new ArrayBufferWriter<byte>();
        _bytes += RequestWriter.Write(written, pending.Command, arguments);
        pending.Since = clock.GetTimestamp();
        _commands.Enqueue((pending, written.WrittenSpan.ToArray()));
        return true;
    }

    public void SendTo(RedisConnection connection)
    {
        while (_commands.TryPeek(out var command) && (command.Pending.IsDone || connection.TrySendWritten(command.Pending, command.Written)))
        {
            Drop();
        }
    }

    public void Fail(RedisConnectionException failure)
    {
        while (_commands.TryPeek(out var command))
        {
            Drop();
            command.Pending.Fail(new RedisConnectionException(
                failure.FailureType, $"{command.Pending.Command} was not sent: {failure.Message}", failure));
        }
    }

    public void Sweep(long now, string name)
    {
        while (_commands.TryPeek(out var command) && command.Pending.Patience is { } limit && now - command.Pending.Since >= limit)
        {
            Drop();
            command.Pending.Fail(new RedisTimeoutException(
                $"{command.Pending.Command} was not sent: for as long as it may take there was no connection to Redis at {name}.", CommandStatus.WaitingInBacklog));
        }
    }

    private void Drop() => _bytes -= _commands.Dequeue().Written.Length;
}
