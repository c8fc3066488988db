using System.Collections.Concurrent;
using StackExchange.Redis.Wire;

namespace StackExchange.Redis.Connections;

/// <summary>
/// Connections for commands that wait at the server, such as BLMOVE: on the shared connection all that came after one of them would
/// wait too. One command at a time each; a connection is kept for the next one.
/// </summary>
internal sealed class BlockingConnections(ConnectionFactory factory) : IAsyncDisposable
{
    private const int MaximumIdle = 8;

    private readonly ConcurrentDictionary<RedisConnection, bool> _open = new();
    private readonly ConcurrentStack<RedisConnection> _idle = new();
    private readonly CancellationTokenSource _closing = new();

    public async Task<T> SendAsync<T>(Pending<T> pending, int database, RedisValue[] arguments)
    {
        RequestWriter.RefuseNil(pending.Command, arguments);
        var connection = await SendAsync(pending, arguments, database);
        try
        {
            return await pending.Task;
        }
        finally
        {
            Return(connection, pending.Task);
        }
    }

    public void Sweep(long now)
    {
        foreach (var (connection, _) in _open)
        {
            connection.Sweep(now, TimeSpan.FromSeconds(factory.Options.KeepAlive), factory.Patience);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        foreach (var (connection, _) in _open)
        {
            connection.Break(ConnectionFailureType.ConnectionDisposed, "it was closed here");
        }

        _closing.Dispose();
    }

    private async Task<RedisConnection> SendAsync(IPending pending, RedisValue[] arguments, int database)
    {
        while (_idle.TryPop(out var idle))
        {
            if (idle.TrySend(pending, arguments))
            {
                return idle;
            }
        }

        var connection = await factory.OpenAsync(database, static _ => false, _closing.IsCancellationRequested ? new CancellationToken(canceled: true) : _closing.Token);
        _open[connection] = true;
        _ = ForgetAsync(connection);
        if (_closing.IsCancellationRequested)
        {
            connection.Break(ConnectionFailureType.ConnectionDisposed, "it was closed here");
        }

        return connection.TrySend(pending, arguments) ? connection : throw await connection.Broken;
    }

    private async Task ForgetAsync(RedisConnection connection)
    {
        await connection.Broken;
        _open.TryRemove(connection, out _);
    }

    private void Return(RedisConnection connection, Task answered)
    {
        var hasReply = answered.IsCompletedSuccessfully || answered.Exception?.InnerException is RedisServerException;
        if (hasReply && _idle.Count < MaximumIdle)
        {
            _idle.Push(connection);
        }
        else
        {
            connection.Break(ConnectionFailureType.ConnectionDisposed, "it is not needed any more");
        }
    }
}
