using StackExchange.Redis.Wire;

namespace StackExchange.Redis.Connections;

/// <summary>Keeps one connection for one purpose, and opens it anew whenever it breaks, until it is closed.</summary>
internal sealed class ConnectionKeeper(ConnectionFactory factory, ConnectionType type, int database, SubscriptionHub? hub = null) : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    // Before the first connection there is no outage yet to spread the load of.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    private readonly Backlog _backlog = new(factory.Clock);
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<RedisConnectionException?> _firstRound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();
    private volatile RedisConnection? _current;
    private RedisConnectionException? _lastFailure;
    private Task? _loop;

    /// <summary>Raised when a connection breaks or an attempt to open one fails.</summary>
    public event Action<ConnectionType, RedisConnectionException>? Failed;

    /// <summary>Raised when there is a connection again, its channels subscribed to.</summary>
    public event Action<ConnectionType>? Restored;

    public bool IsConnected => _current is not null;

    public bool IsConnecting => !_firstRound.Task.IsCompleted;

    /// <summary>Begins, if it has not, and ends when there is a connection (null) or too many attempts have failed.</summary>
    public Task<RedisConnectionException?> StartAsync()
    {
        lock (_gate)
        {
            _loop ??= Task.Run(RunAsync);
        }

        return _firstRound.Task;
    }

    /// <summary>Sends, or queues, or fails the command, as the backlog policy says.</summary>
    public void Send(IPending pending, ReadOnlySpan<RedisValue> arguments)
    {
        RequestWriter.RefuseNil(pending.Command, arguments);
        if (_current is { } connection && connection.TrySend(pending, arguments))
        {
            return;
        }

        lock (_gate)
        {
            // It may have come back meanwhile.
            if (_current is { } restored && restored.TrySend(pending, arguments))
            {
                return;
            }

            var mayWait = !_closing.IsCancellationRequested && (IsConnecting || factory.Options.BacklogPolicy.QueueWhileDisconnected);
            if (mayWait && _backlog.TryAdd(pending, arguments))
            {
                return;
            }
        }

        pending.Fail(new RedisConnectionException(
            _lastFailure?.FailureType ?? ConnectionFailureType.UnableToConnect,
            $"{pending.Command} was not sent: there is no connection to Redis at {factory.Name}. {_lastFailure?.Message}",
            _lastFailure));
    }

    public void Sweep(long now)
    {
        lock (_gate)
        {
            _backlog.Sweep(now, factory.Name);
        }

        _current?.Sweep(now, TimeSpan.FromSeconds(factory.Options.KeepAlive), factory.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _current?.Break(ConnectionFailureType.ConnectionDisposed, "it was closed here");
        if (_loop is not null)
        {
            await _loop;
        }

        var closed = new RedisConnectionException(ConnectionFailureType.ConnectionDisposed, $"The connection to Redis at {factory.Name} was closed here.");
        lock (_gate)
        {
            _lastFailure = closed;
            _firstRound.TrySetResult(closed);
            _backlog.Fail(closed);
        }

        _closing.Dispose();
    }

    private async Task RunAsync()
    {
        var failures = 0;
        var hasFailed = false;
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var connection = await OpenAsync();
                failures = 0;
                if (hasFailed)
                {
                    Restored?.Invoke(type);
                }

                var broken = await connection.Broken;
                _current = null;
                NoteFailure(broken);
            }
            catch (RedisConnectionException failure)
            {
                failures++;
                NoteFailure(failure);
                EndFirstRound(failure, failures);
                await PauseAsync(failures);
            }

            hasFailed = true;
        }
    }

    private async Task<RedisConnection> OpenAsync()
    {
        var connection = await factory.OpenAsync(database, reply => hub?.TryDeliver(reply) ?? false, _closing.Token);
        if (hub is not null)
        {
            await hub.SubscribeAllAsync(connection);
        }

        lock (_gate)
        {
            _backlog.SendTo(connection);
            _current = connection;
        }

        hub?.SubscribeToLatecomers(connection);

        _firstRound.TrySetResult(null);
        if (_closing.IsCancellationRequested)
        {
            connection.Break(ConnectionFailureType.ConnectionDisposed, "it was closed here");
        }

        return connection;
    }

    private void NoteFailure(RedisConnectionException failure)
    {
        _lastFailure = failure;
        if (factory.Options.BacklogPolicy.AbortPendingOnConnectionFailure && !IsConnecting)
        {
            lock (_gate)
            {
                _backlog.Fail(failure);
            }
        }

        if (!_closing.IsCancellationRequested)
        {
            Failed?.Invoke(type, failure);
        }
    }

    private void EndFirstRound(RedisConnectionException failure, int failures)
    {
        // A wrong password does not become right by trying.
        if (failures < Math.Max(1, factory.Options.ConnectRetry) && failure.FailureType != ConnectionFailureType.AuthenticationFailure)
        {
            return;
        }

        lock (_gate)
        {
            if (_firstRound.TrySetResult(failure) && !factory.Options.BacklogPolicy.QueueWhileDisconnected)
            {
                _backlog.Fail(failure);
            }
        }
    }

    private async Task PauseAsync(int failures)
    {
        var since = factory.Clock.GetTimestamp();
        do
        {
            await Task.Delay(IsConnecting ? FirstPause : Tick, factory.Clock, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!IsConnecting && !_closing.IsCancellationRequested
            && !factory.Options.ReconnectRetryPolicy.ShouldRetry(failures, (int)factory.Clock.GetElapsedTime(since).TotalMilliseconds));
    }
}
