using System.Net;

namespace StackExchange.Redis;

/// <summary>A handler of messages or of connection events failed.</summary>
public sealed class InternalErrorEventArgs : EventArgs
{
    internal InternalErrorEventArgs(EndPoint? endPoint, ConnectionType connectionType, Exception exception, string origin)
    {
        EndPoint = endPoint;
        ConnectionType = connectionType;
        Exception = exception;
        Origin = origin;
    }

    public EndPoint? EndPoint { get; }

    public ConnectionType ConnectionType { get; }

    public Exception Exception { get; }

    /// <summary>Which kind of handler it was.</summary>
    public string? Origin { get; }
}
