using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace StackExchange.Redis.Connections;

/// <summary>Opens the socket, and TLS over it where it is wanted.</summary>
internal static class Transport
{
    public static async Task<Stream> ConnectAsync(EndPoint endPoint, ConfigurationOptions options, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(endPoint, cancellationToken);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return options.Ssl ? await EncryptAsync(stream, endPoint, options, cancellationToken) : stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> EncryptAsync(Stream stream, EndPoint endPoint, ConfigurationOptions options, CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = options.SslHost ?? (endPoint is DnsEndPoint dns ? dns.Host : ((IPEndPoint)endPoint).Address.ToString()),
                EnabledSslProtocols = options.SslProtocols ?? SslProtocols.Tls13 | SslProtocols.Tls12,
                RemoteCertificateValidationCallback = options.Certificates,
            },
            cancellationToken);
        return encrypted;
    }
}
