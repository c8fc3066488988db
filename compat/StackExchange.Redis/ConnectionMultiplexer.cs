using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using StackExchange.Redis.Connections;

namespace StackExchange.Redis;

/// <inheritdoc/>
public sealed class ConnectionMultiplexer : IConnectionMultiplexer
{
    private static readonly TimeSpan ShortestSweep = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestSweep = TimeSpan.FromMilliseconds(500);

    private readonly ConnectionFactory _factory;
    private readonly SubscriptionHub _hub;
    private readonly BlockingConnections _blocking;
    private readonly ConcurrentDictionary<int, ConnectionKeeper> _keepers = new();
    private readonly ConnectionKeeper _main;
    private readonly int _defaultDatabase;
    private readonly ITimer _sweeper;

    private ConnectionMultiplexer(ConfigurationOptions options, TimeProvider clock)
    {
        if (options.EndPoints.Count == 0)
        {
            throw new ArgumentException("Redis's configuration names no server.", nameof(options));
        }

        options.ClientName ??= Environment.MachineName;
        _factory = new ConnectionFactory(options, clock);
        _blocking = new BlockingConnections(_factory);
        _hub = new SubscriptionHub(_factory, exception => Report(ConnectionType.Subscription, exception, "message handler"));
        Watch(_hub.Keeper);
        _defaultDatabase = options.DefaultDatabase ?? 0;
        _main = KeeperOf(_defaultDatabase);
        var interval = TimeSpan.FromMilliseconds(Math.Clamp(options.AsyncTimeout / 10.0, ShortestSweep.TotalMilliseconds, LongestSweep.TotalMilliseconds));
        _sweeper = clock.CreateTimer(_ => Sweep(), null, interval, interval);
    }

    public event EventHandler<ConnectionFailedEventArgs>? ConnectionFailed;

    public event EventHandler<ConnectionFailedEventArgs>? ConnectionRestored;

    public event EventHandler<InternalErrorEventArgs>? InternalError;

    public string ClientName => _factory.Options.ClientName!;

    public string Configuration => _factory.Options.ToString(includePassword: false);

    public int TimeoutMilliseconds => _factory.Options.AsyncTimeout;

    public bool IsConnected => _main.IsConnected;

    public bool IsConnecting => _main.IsConnecting;

    /// <summary>Where commands are traced to, if anybody listens.</summary>
    internal ActivitySource? Activities { get; set; }

    internal long Patience => _factory.Patience;

    internal TimeProvider Clock => _factory.Clock;

    internal BlockingConnections Blocking => _blocking;

    /// <summary>Connects.</summary>
    /// <exception cref="RedisConnectionException">Redis cannot be reached or refuses, and <c>abortConnect</c> is not off.</exception>
    public static Task<ConnectionMultiplexer> ConnectAsync(string configuration, TextWriter? log = null) => ConnectAsync(ConfigurationOptions.Parse(configuration), log);

    /// <inheritdoc cref="ConnectAsync(string, TextWriter?)"/>
    public static async Task<ConnectionMultiplexer> ConnectAsync(ConfigurationOptions configuration, TextWriter? log = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var multiplexer = new ConnectionMultiplexer(configuration.Clone(), TimeProvider.System);
        if (await multiplexer._main.StartAsync() is { } failure && configuration.AbortOnConnectFail)
        {
            await multiplexer.DisposeAsync();
            throw new RedisConnectionException(failure.FailureType, failure.Message, failure);
        }

        return multiplexer;
    }

    /// <summary>The same for callers that cannot wait otherwise, such as a constructor: it blocks the thread until then.</summary>
    public static ConnectionMultiplexer Connect(string configuration, TextWriter? log = null) => Connect(ConfigurationOptions.Parse(configuration), log);

    /// <inheritdoc cref="Connect(string, TextWriter?)"/>
    public static ConnectionMultiplexer Connect(ConfigurationOptions configuration, TextWriter? log = null)
        => Task.Run(() => ConnectAsync(configuration, log)).GetAwaiter().GetResult();

    public IDatabase GetDatabase(int db = -1, object? asyncState = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(db, -1);
        var database = db == -1 ? _defaultDatabase : db;
        var keeper = KeeperOf(database);
        _ = keeper.StartAsync();
        return new RedisDatabase(this, keeper, database);
    }

    public ISubscriber GetSubscriber(object? asyncState = null) => new RedisSubscriber(this, _hub);

    public EndPoint[] GetEndPoints(bool configuredOnly = false) => [.. _factory.EndPoints];

    public async Task CloseAsync(bool allowCommandsToComplete = true)
    {
        await _sweeper.DisposeAsync();
        await _hub.DisposeAsync();
        await _blocking.DisposeAsync();
        await Task.WhenAll(_keepers.Values.Select(keeper => keeper.DisposeAsync().AsTask()));
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    public void Dispose() => Task.Run(() => CloseAsync()).GetAwaiter().GetResult();

    private ConnectionKeeper KeeperOf(int database) => _keepers.GetOrAdd(database, number =>
    {
        var keeper = new ConnectionKeeper(_factory, ConnectionType.Interactive, number);
        Watch(keeper);
        return keeper;
    });

    private void Watch(ConnectionKeeper keeper)
    {
        keeper.Failed += (type, failure) => Raise(ConnectionFailed, type, failure);
        keeper.Restored += type => Raise(ConnectionRestored, type, failure: null);
    }

    private void Raise(EventHandler<ConnectionFailedEventArgs>? handlers, ConnectionType type, RedisConnectionException? failure)
    {
        try
        {
            handlers?.Invoke(this, new ConnectionFailedEventArgs(_factory.EndPoints[0], type, failure));
        }
        catch (Exception exception)
        {
            Report(type, exception, "connection event");
        }
    }

    private void Report(ConnectionType type, Exception exception, string origin)
        => InternalError?.Invoke(this, new InternalErrorEventArgs(_factory.EndPoints[0], type, exception, origin));

    private void Sweep()
    {
        var now = _factory.Clock.GetTimestamp();
        _hub.Keeper.Sweep(now);
        _blocking.Sweep(now);
        foreach (var (_, keeper) in _keepers)
        {
            keeper.Sweep(now);
        }
    }
}
