using System.Buffers;
using System.Net.Sockets;

namespace Aspire.Hosting.Endpoints;

/// <summary>Joins two connections: bytes, the end of either direction, and resets are carried through both ways.</summary>
internal static class SocketRelay
{
    private const int BufferBytes = 32 * 1024;

    public static async Task RunAsync(Socket one, Socket other, CancellationToken cancellationToken)
    {
        one.NoDelay = other.NoDelay = true;
        await Task.WhenAll(CopyAsync(one, other, cancellationToken), CopyAsync(other, one, cancellationToken));
    }

    /// <summary>Closes so that the peer sees a reset, not an orderly end.</summary>
    public static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Already gone; there is no one left to tell.
        }

        socket.Dispose();
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await from.ReceiveAsync(buffer, cancellationToken) is > 0 and var received)
            {
                for (var sent = 0; sent < received;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, received - sent), cancellationToken);
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Reset(from);
            Reset(to);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
