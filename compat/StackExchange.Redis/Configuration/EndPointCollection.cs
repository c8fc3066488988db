using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;

namespace StackExchange.Redis;

/// <summary>Where servers listen. One is used at a time: the first that answers.</summary>
public sealed class EndPointCollection : Collection<EndPoint>
{
    /// <summary>Adds <c>host</c>, <c>host:port</c>, <c>10.0.0.1:6379</c> or <c>[::1]:6379</c>; without a port it is the default one.</summary>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public void Add(string hostAndPort) => Add(Parse(hostAndPort));

    public void Add(string host, int port) => Add(IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port));

    public void Add(IPAddress host, int port) => Add(new IPEndPoint(host, port));

    internal static string Describe(EndPoint endPoint) => endPoint is DnsEndPoint dns
        ? string.Create(CultureInfo.InvariantCulture, $"{dns.Host}:{dns.Port}")
        : endPoint.ToString()!;

    internal static EndPoint WithDefaultPort(EndPoint endPoint, int port) => endPoint switch
    {
        DnsEndPoint { Port: 0 } dns => new DnsEndPoint(dns.Host, port, dns.AddressFamily),
        IPEndPoint { Port: 0 } ip => new IPEndPoint(ip.Address, port),
        _ => endPoint,
    };

    private static EndPoint Parse(string text)
    {
        if (IPEndPoint.TryParse(text, out var address))
        {
            return address;
        }

        var colon = text.LastIndexOf(':');
        if (colon < 0)
        {
            return new DnsEndPoint(text, 0);
        }

        return colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new DnsEndPoint(text[..colon], port)
            : throw new ArgumentException($"'{text}' is not a host with or without a port.", nameof(text));
    }
}
