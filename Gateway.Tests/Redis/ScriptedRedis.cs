using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Redis;

/// <summary>A server that says PONG like Redis and answers anything else as a test wants it.</summary>
internal sealed class ScriptedRedis : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<IReadOnlyList<string>, Stream, Task> _answer;
    private readonly Task _accepting;

    /// <param name="answer">Writes what it likes; a connection that it disposes of is closed.</param>
    public ScriptedRedis(Func<IReadOnlyList<string>, Stream, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public ScriptedRedis(Func<IReadOnlyList<string>, string> answer)
        : this((command, stream) => WriteAsync(stream, answer(command)))
    {
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static Task WriteAsync(Stream stream, string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    /// <summary>Never answers.</summary>
    public static Task Silence(IReadOnlyList<string> command, Stream stream) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        using var reader = new StreamReader(client.GetStream());
        try
        {
            while (await ReadCommandAsync(reader) is { } command)
            {
                await (command[0] switch
                {
                    "CLIENT" => WriteAsync(client.GetStream(), "+OK\r\n"),
                    "PING" => WriteAsync(client.GetStream(), "+PONG\r\n"),
                    _ => _answer(command, client.GetStream()),
                });
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The client left, or the test is over.
        }
    }

    // *2\r\n$3\r\nGET\r\n$3\r\nkey\r\n
    private async Task<List<string>?> ReadCommandAsync(StreamReader reader)
    {
        if (await reader.ReadLineAsync(_end.Token) is not { } count)
        {
            return null;
        }

        var words = new List<string>();
        for (var left = int.Parse(count.AsSpan(1), CultureInfo.InvariantCulture); left > 0; left--)
        {
            await reader.ReadLineAsync(_end.Token);
            words.Add(await reader.ReadLineAsync(_end.Token) ?? "");
        }

        return words;
    }
}
