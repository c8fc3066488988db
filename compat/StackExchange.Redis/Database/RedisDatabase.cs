using System.Diagnostics;
using StackExchange.Redis.Connections;
using StackExchange.Redis.Wire;

namespace StackExchange.Redis;

/// <summary>Turns each call into one command; the other parts of this class are one kind of data each.</summary>
internal sealed partial class RedisDatabase(ConnectionMultiplexer multiplexer, ConnectionKeeper keeper, int database) : IDatabase
{
    public IConnectionMultiplexer Multiplexer => multiplexer;

    public int Database => database;

    public async Task<TimeSpan> PingAsync(CommandFlags flags = CommandFlags.None)
    {
        var since = multiplexer.Clock.GetTimestamp();
        await Send(Commands.Ping, [], Replies.Value, flags);
        return multiplexer.Clock.GetElapsedTime(since);
    }

    public Task<long> PublishAsync(RedisChannel channel, RedisValue message, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Publish, [channel.Name, message], Replies.Long, flags);

    public bool IsConnected(RedisKey key, CommandFlags flags = CommandFlags.None) => keeper.IsConnected;

    private Task<T> Send<T>(RedisCommand command, ReadOnlySpan<RedisValue> arguments, Func<Reply, T> read, CommandFlags flags)
    {
        if (flags.HasFlag(CommandFlags.FireAndForget))
        {
            keeper.Send(new Discarded(command, multiplexer.Patience), arguments);
            return Task.FromResult<T>(default!);
        }

        var pending = NewPending(command, multiplexer.Patience, read);
        keeper.Send(pending, arguments);
        return pending.Task;
    }

    private Pending<T> NewPending<T>(RedisCommand command, long? patience, Func<Reply, T> read)
        => new(command, patience, read, multiplexer.Activities is { } source && source.HasListeners() ? Trace(source, command) : null);

    private Activity? Trace(ActivitySource source, RedisCommand command)
    {
        // Not made current: it ends on another thread, and nothing happens within it.
        var activity = source.CreateActivity(command.Name, ActivityKind.Client);
        activity?.SetTag("db.system", "redis");
        activity?.SetTag("db.redis.database_index", database);
        activity?.SetTag("db.statement", command.Name);
        if (activity is not null)
        {
            var current = Activity.Current;
            activity.Start();
            Activity.Current = current;
        }

        return activity;
    }

    private static RedisValue[] Join(RedisKey key, RedisValue[] values) => [key.Value, .. values];

    private static RedisValue[] Join(RedisKey[] keys) => Array.ConvertAll(keys, static key => key.Value);
}
