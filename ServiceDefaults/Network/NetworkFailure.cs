using System.Net.Sockets;

namespace ServiceDefaults.Network;

public static class NetworkFailure
{
    /// <summary>
    /// Whether a call over HTTP failed on its way. <see cref="HttpClient"/> lets a <see cref="SocketException"/> through where a server closes a connection in the very
    /// moment it is made.
    /// </summary>
    public static bool IsOfNetwork(this Exception failure) => failure is HttpRequestException or IOException or SocketException;
}
