using System.Net;

namespace StackExchange.Redis;

/// <summary>A connection that broke, could not be opened, or is there again.</summary>
public sealed class ConnectionFailedEventArgs : EventArgs
{
    internal ConnectionFailedEventArgs(EndPoint? endPoint, ConnectionType connectionType, RedisConnectionException? exception)
    {
        EndPoint = endPoint;
        ConnectionType = connectionType;
        Exception = exception;
        FailureType = exception?.FailureType ?? ConnectionFailureType.None;
    }

    public EndPoint? EndPoint { get; }

    public ConnectionType ConnectionType { get; }

    public ConnectionFailureType FailureType { get; }

    public Exception? Exception { get; }
}
