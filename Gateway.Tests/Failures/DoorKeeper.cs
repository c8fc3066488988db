using System.Net;
using System.Net.Sockets;

namespace Gateway.Tests.Failures;

/// <summary>Stands where a server was, counts who wants in, and sends them away.</summary>
internal sealed class DoorKeeper : IAsyncDisposable
{
    private readonly TcpListener _door;
    private readonly Task _keeping;
    private int _knocks;

    private DoorKeeper(int port)
    {
        _door = new TcpListener(IPAddress.Loopback, port);
        _door.Start();
        _keeping = KeepAsync();
    }

    public int Knocks => Volatile.Read(ref _knocks);

    public static DoorKeeper Start(int port) => new(port);

    public async ValueTask DisposeAsync()
    {
        _door.Dispose();
        await _keeping;
    }

    private async Task KeepAsync()
    {
        try
        {
            while (true)
            {
                using var caller = await _door.AcceptSocketAsync();
                Interlocked.Increment(ref _knocks);
                caller.Close(timeout: 0);
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The keeper's work is done.
        }
    }
}
