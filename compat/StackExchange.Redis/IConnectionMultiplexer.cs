using System.Net;

namespace StackExchange.Redis;

/// <summary>A connection to Redis that any number of callers share. Make one for the life of the process.</summary>
public interface IConnectionMultiplexer : IDisposable, IAsyncDisposable
{
    /// <summary>A connection broke, or an attempt to open one failed.</summary>
    event EventHandler<ConnectionFailedEventArgs>? ConnectionFailed;

    /// <summary>There is a connection again; for subscriptions, after all channels were subscribed to anew.</summary>
    event EventHandler<ConnectionFailedEventArgs>? ConnectionRestored;

    /// <summary>A handler that was given to this client failed.</summary>
    event EventHandler<InternalErrorEventArgs>? InternalError;

    string ClientName { get; }

    /// <summary>What it was made of, without what is secret.</summary>
    string Configuration { get; }

    /// <summary>How long a command may take, in milliseconds.</summary>
    int TimeoutMilliseconds { get; }

    /// <summary>Whether commands can be sent at this moment.</summary>
    bool IsConnected { get; }

    /// <summary>Whether the first connection is still being opened.</summary>
    bool IsConnecting { get; }

    /// <summary>A view of one database; -1 is the configured one. Each other database has a connection of its own, so that commands need no SELECT.</summary>
    IDatabase GetDatabase(int db = -1, object? asyncState = null);

    ISubscriber GetSubscriber(object? asyncState = null);

    EndPoint[] GetEndPoints(bool configuredOnly = false);

    /// <summary>Closes all connections; what still waits for a reply fails.</summary>
    Task CloseAsync(bool allowCommandsToComplete = true);
}
