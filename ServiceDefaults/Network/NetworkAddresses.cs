using System.Net;
using System.Net.Sockets;

namespace ServiceDefaults.Network;

/// <summary>Which addresses lie inside a network and which do not.</summary>
public static class NetworkAddresses
{
    /// <summary>RFC 1918, RFC 4193 and link-local addresses.</summary>
    public static bool IsPrivate(IPAddress address) => address.GetAddressBytes() switch
    {
        [10, ..] => true,
        [172, >= 16 and <= 31, ..] => true,
        [192, 168, ..] => true,
        [169, 254, ..] => true,
        { Length: 16 } => address.IsIPv6UniqueLocal || address.IsIPv6LinkLocal,
        _ => false,
    };

    /// <summary>Whether anybody may be sent there: nothing private, of this machine, shared, reserved, or an IPv4 address dressed up as IPv6.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // Global unicast is 2000::/3; of it 2001::/23 (protocols, Teredo) and 2002::/16 (6to4) lead elsewhere.
            return address.IsIPv4MappedToIPv6
                ? IsPublic(address.MapToIPv4())
                : address.GetAddressBytes() is [>= 0x20 and < 0x40, ..] and not [0x20, 0x01, < 0x02, ..] and not [0x20, 0x02, ..];
        }

        return !IsPrivate(address) && address.GetAddressBytes() is not ([0 or 127 or >= 224, ..] or [100, >= 64 and <= 127, ..] or [192, 0, 0 or 2, _] or [198, 18 or 19, ..]);
    }

    /// <summary>Names without a dot are those of a container network or of Aspire's service addresses.</summary>
    public static bool IsPrivate(Uri url) =>
        url.IsLoopback || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) ? IsPrivate(address) : !url.Host.Contains('.') || url.Host.EndsWith(".internal", StringComparison.Ordinal));
}
