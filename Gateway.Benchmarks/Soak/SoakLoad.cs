using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Gateway.Benchmarks.Soak;

/// <summary>Sends each request when it is due, whether or not those before it were answered, to one gateway after the other; connections of its own, gone when it ends.</summary>
internal sealed class SoakLoad(IReadOnlyList<Uri> gateways, string key, CallBook book)
{
    private const int SlowReceiveBuffer = 16 * 1024;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private int _number;

    public async Task RunAsync(IEnumerable<Arrival> arrivals)
    {
        var callers = gateways.Select(gateway => Open(gateway, ConnectAsync)).ToList();
        var slow = gateways.Select(gateway => Open(gateway, ConnectSlowlyAsync)).ToList();
        var calls = new List<Task>();
        using var timer = new PeriodicTimer(Tick);
        var begun = book.Now;
        foreach (var arrival in arrivals)
        {
            while (book.Now - begun < arrival.At)
            {
                await timer.WaitForNextTickAsync();
            }

            var call = new SoakCall(++_number, arrival);
            var http = (call.Kind == CallKind.SlowReader ? slow : callers)[_number % gateways.Count];
            calls.Add(new SoakCaller(http, book).AskAsync(call));
        }

        await Task.WhenAll(calls);
        callers.ForEach(caller => caller.Dispose());
        slow.ForEach(caller => caller.Dispose());
    }

    private HttpClient Open(Uri gateway, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connectAsync) =>
        new(new SocketsHttpHandler { UseProxy = false, ConnectCallback = connectAsync })
        {
            BaseAddress = gateway,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
        };

    private static ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        ConnectAsync(new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }, context, cancellationToken);

    // So that what it does not read waits in the gateway and not in the kernel.
    private static ValueTask<Stream> ConnectSlowlyAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        ConnectAsync(new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = SlowReceiveBuffer }, context, cancellationToken);

    private static async ValueTask<Stream> ConnectAsync(Socket socket, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
