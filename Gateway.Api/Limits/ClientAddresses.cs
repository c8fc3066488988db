using System.Net;
using System.Net.Sockets;
using Gateway.Api.Configuration;

namespace Gateway.Api.Limits;

/// <summary>
/// Whose request it is: the connection's peer, or, where that is a trusted proxy, the right-most address of <c>X-Forwarded-For</c> that is none.
/// What stands left of that anybody may have written.
/// </summary>
internal sealed class ClientAddresses(LiveConfiguration configuration)
{
    private const string Header = "X-Forwarded-For";
    private const int BytesOfSubnet = 8;

    private volatile Proxies _proxies = new(null, []);

    /// <summary>IPv6 by its /64, of which one client has as many addresses as it likes.</summary>
    public IPAddress Of(HttpContext http)
    {
        var peer = Unmap(http.Connection.RemoteIpAddress ?? IPAddress.None);
        var proxies = Current();
        if (!proxies.Contains(peer))
        {
            return Subnet(peer);
        }

        var hops = http.Request.Headers[Header].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var i = hops.Length - 1; i >= 0 && proxies.Contains(peer); i--)
        {
            if (!TryRead(hops[i], out var hop))
            {
                break;
            }

            peer = hop;
        }

        return Subnet(peer);
    }

    /// <summary>An address or a range, as <see cref="AccessOptions.TrustedProxies"/> has them.</summary>
    public static bool TryReadRange(string text, out IPNetwork range)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            address = Unmap(address);
            range = new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
            return true;
        }

        return IPNetwork.TryParse(text, out range);
    }

    private Proxies Current()
    {
        var options = configuration.Current.Access;
        var proxies = _proxies;
        if (!ReferenceEquals(proxies.Options, options))
        {
            _proxies = proxies = new Proxies(options, [.. options.TrustedProxies.Select(text => TryReadRange(text, out var range) ? range : default)]);
        }

        return proxies;
    }

    // Some proxies add the port: 192.0.2.1:4711 and [2001:db8::1]:4711.
    private static bool TryRead(string text, out IPAddress address)
    {
        var isRead = IPAddress.TryParse(text, out var plain);
        if (!isRead && IPEndPoint.TryParse(text, out var withPort))
        {
            (plain, isRead) = (withPort.Address, true);
        }

        address = Unmap(plain ?? IPAddress.None);
        return isRead;
    }

    private static IPAddress Unmap(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPAddress Subnet(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(BytesOfSubnet).Clear();
        return new IPAddress(bytes);
    }

    private sealed record Proxies(AccessOptions? Options, IPNetwork[] Ranges)
    {
        public bool Contains(IPAddress address) => Array.Exists(Ranges, range => range.Contains(address));
    }
}
