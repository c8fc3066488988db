using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Endpoints;

/// <summary>Ports that nothing listened on a moment ago, for processes that are told where to listen.</summary>
internal static class FreePort
{
    public static IReadOnlyList<int> Take(int count)
    {
        // All are held until the last is found, so that they differ.
        var sockets = Enumerable.Range(0, count).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
        try
        {
            sockets.ForEach(socket => socket.Bind(new IPEndPoint(IPAddress.Loopback, 0)));
            return sockets.ConvertAll(socket => ((IPEndPoint)socket.LocalEndPoint!).Port);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }
}
