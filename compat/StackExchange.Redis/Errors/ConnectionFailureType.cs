namespace StackExchange.Redis;

/// <summary>Why a connection is not there.</summary>
public enum ConnectionFailureType
{
    None = 0,
    UnableToResolvePhysicalConnection = 1,
    SocketFailure = 2,

    /// <summary>The password or the user was refused, or one is needed; or the TLS handshake failed.</summary>
    AuthenticationFailure = 3,

    /// <summary>What came is not the Redis protocol, or beyond the limits on replies.</summary>
    ProtocolFailure = 4,
    InternalFailure = 5,

    /// <summary>The server closed the connection.</summary>
    SocketClosed = 6,

    /// <summary>This side closed the connection.</summary>
    ConnectionDisposed = 7,

    /// <summary>The server is still loading its data.</summary>
    Loading = 8,
    UnableToConnect = 9,
}
