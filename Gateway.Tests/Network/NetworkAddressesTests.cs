using System.Net;
using ServiceDefaults.Network;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Network;

public sealed class NetworkAddressesTests
{
    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("2002:a9fe:a9fe::1", false)]
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    public void Only_addresses_of_everybody_are_public(string address, bool isPublic) => NetworkAddresses.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);
}
