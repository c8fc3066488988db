using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Failures;

/// <summary>A caller who writes bytes as they are.</summary>
internal sealed class RawCaller : IDisposable
{
    private readonly TcpClient _connection = new() { NoDelay = true };

    private RawCaller()
    {
    }

    public static async Task<RawCaller> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var caller = new RawCaller();
        await caller._connection.ConnectAsync(address.Host, address.Port, cancellationToken);
        return caller;
    }

    /// <summary>False where the other side has closed the connection meanwhile.</summary>
    public async Task<bool> TrySendAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _connection.GetStream().WriteAsync(bytes, cancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>What comes until the connection is closed; no status where nothing does.</summary>
    public async Task<(int? Status, string Body)> ReadAsync(CancellationToken cancellationToken)
    {
        using var received = new MemoryStream();
        try
        {
            await _connection.GetStream().CopyToAsync(received, cancellationToken);
        }
        catch (IOException)
        {
            // What came before counts.
        }

        // HTTP/1.1 400 Bad Request
        var text = Encoding.UTF8.GetString(received.GetBuffer(), 0, (int)received.Length);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0 ? (null, text) : (int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), BodyOf(text[..end], text[(end + 4)..]));
    }

    public void Dispose() => _connection.Dispose();

    // 1a4\r\n{…}\r\n0\r\n\r\n
    private static string BodyOf(string head, string body)
    {
        if (!head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            return body;
        }

        var text = new StringBuilder();
        while (body.IndexOf("\r\n", StringComparison.Ordinal) is > 0 and var line && int.Parse(body.AsSpan(0, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var length)
        {
            text.Append(body, line + 2, length);
            body = body[(line + 2 + length + 2)..];
        }

        return text.ToString();
    }
}
