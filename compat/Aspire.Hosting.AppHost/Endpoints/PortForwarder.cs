using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Endpoints;

/// <summary>
/// Listens on a public port and carries each connection to one of the replicas behind it, in turn. Replicas come and go; a connection
/// that finds none is reset, as it would be without a forwarder.
/// </summary>
internal sealed class PortForwarder : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Socket> _listeners;
    private ImmutableList<int> _targets = [];
    private uint _turn;

    private PortForwarder(List<Socket> listeners)
    {
        _listeners = listeners;
        Port = ((IPEndPoint)listeners[0].LocalEndPoint!).Port;
        foreach (var listener in listeners)
        {
            _ = AcceptAsync(listener);
        }
    }

    public int Port { get; }

    /// <exception cref="SocketException">The port is taken, or this user may not listen on it.</exception>
    public static PortForwarder Listen(string host, int port)
    {
        var listeners = new List<Socket>();
        try
        {
            foreach (var address in Addresses(host))
            {
                // A random port is chosen once, for the first address.
                var chosen = listeners.Count == 0 ? port : ((IPEndPoint)listeners[0].LocalEndPoint!).Port;
                if (TryListen(address, chosen, needed: listeners.Count == 0) is { } listener)
                {
                    listeners.Add(listener);
                }
            }

            return new PortForwarder(listeners);
        }
        catch
        {
            listeners.ForEach(listener => listener.Dispose());
            throw;
        }
    }

    public void AddTarget(int port) => ImmutableInterlocked.Update(ref _targets, static (targets, port) => targets.Add(port), port);

    public void RemoveTarget(int port) => ImmutableInterlocked.Update(ref _targets, static (targets, port) => targets.Remove(port), port);

    public void Dispose()
    {
        _stopping.Cancel();
        _listeners.ForEach(listener => listener.Dispose());
    }

    private static IPAddress[] Addresses(string host) => host switch
    {
        "localhost" => [IPAddress.Loopback, IPAddress.IPv6Loopback],
        "*" or "+" or "0.0.0.0" or "[::]" => [IPAddress.Any, IPAddress.IPv6Any],
        _ => [IPAddress.Parse(host)],
    };

    private static Socket? TryListen(IPAddress address, int port, bool needed)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                listener.DualMode = false;
            }

            listener.Bind(new IPEndPoint(address, port));
            listener.Listen(512);
            return listener;
        }
        catch (SocketException exception) when (!needed && exception.SocketErrorCode != SocketError.AddressAlreadyInUse)
        {
            // A machine without IPv6.
            listener.Dispose();
            return null;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptAsync(_stopping.Token);
                _ = ForwardAsync(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client left before it was accepted.
            }
        }
    }

    private async Task ForwardAsync(Socket client)
    {
        using (client)
        {
            using var target = await ConnectAsync();
            if (target is null)
            {
                SocketRelay.Reset(client);
                return;
            }

            await SocketRelay.RunAsync(client, target, _stopping.Token);
        }
    }

    private async Task<Socket?> ConnectAsync()
    {
        var targets = _targets;
        var first = Interlocked.Increment(ref _turn);
        for (var i = 0; i < targets.Count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, targets[(int)((first + (uint)i) % (uint)targets.Count)], _stopping.Token);
                return socket;
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                socket.Dispose();
            }
        }

        return null;
    }
}
