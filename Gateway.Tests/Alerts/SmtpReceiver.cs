using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Gateway.Tests.Alerts;

/// <summary>A small mail server (RFC 5321), without encryption: takes mails, refuses them, or greets nobody.</summary>
internal sealed class SmtpReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<string> _mails = Channel.CreateUnbounded<string>();
    private readonly SemaphoreSlim _connected = new(0);
    private readonly Task _run;

    public SmtpReceiver()
    {
        _listener.Start();
        _run = RunAsync();
    }

    /// <summary>Whether it takes connections and says nothing.</summary>
    public volatile bool Hangs;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends when somebody connected once more.</summary>
    public Task ConnectedAsync(CancellationToken cancellationToken) => _connected.WaitAsync(cancellationToken);

    /// <summary>The next mail that it took: envelope, headers and text.</summary>
    public ValueTask<string> TakeAsync(CancellationToken cancellationToken) => _mails.Reader.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _run;
        _end.Dispose();
        _connected.Dispose();
    }

    private async Task RunAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _connected.Release();
                served.Add(ServeAsync(client));
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
            using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\r\n", AutoFlush = true };
            if (Hangs)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _end.Token);
            }

            await TalkAsync(reader, writer);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            // The client left, or the test is over.
        }
    }

    private async Task TalkAsync(StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("220 test ESMTP");
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "MAIL" or "RCPT":
                    mail.AppendLine(line);
                    await writer.WriteLineAsync("250 OK");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    while (await reader.ReadLineAsync(_end.Token) is { } text && text != ".")
                    {
                        mail.AppendLine(text);
                    }

                    await _mails.Writer.WriteAsync(mail.ToString(), _end.Token);
                    await writer.WriteLineAsync("250 taken");
                    mail.Clear();
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 OK");
                    break;
            }
        }
    }
}
