using System.Net;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Redis;

public sealed class ConfigurationOptionsTests
{
    [Fact]
    public void A_connection_string_is_read()
    {
        var options = ConfigurationOptions.Parse(
            "redis.test:7000, [::1]:6380,10.0.0.1,user=me,password=a=b,ssl=true,sslHost=other.test,defaultDatabase=3,abortConnect=false,asyncTimeout=100,connectRetry=5,name=gateway,protocol=resp3");

        options.EndPoints.ShouldBe([new DnsEndPoint("redis.test", 7000), new IPEndPoint(IPAddress.IPv6Loopback, 6380), new IPEndPoint(IPAddress.Parse("10.0.0.1"), 0)]);
        (options.User, options.Password, options.Ssl, options.SslHost).ShouldBe(("me", "a=b", true, "other.test"));
        (options.DefaultDatabase, options.AbortOnConnectFail, options.AsyncTimeout, options.ConnectRetry).ShouldBe((3, false, 100, 5));
        (options.ClientName, options.Protocol).ShouldBe(("gateway", RedisProtocol.Resp3));
        ConfigurationOptions.Parse(options.ToString()).ToString().ShouldBe(options.ToString());
        options.ToString(includePassword: false).ShouldNotContain("a=b");
    }

    [Theory]
    [InlineData("host,colour=red", "colour")]
    [InlineData("host,ssl=perhaps", "ssl")]
    [InlineData("host,connectTimeout=-1", "connectTimeout")]
    [InlineData("host,protocol=4", "protocol")]
    [InlineData("host:port", "host:port")]
    public void A_part_that_is_wrong_is_named(string text, string part)
        => Should.Throw<ArgumentException>(() => ConfigurationOptions.Parse(text)).Message.ShouldContain(part);

    [Fact]
    public void Reconnecting_waits_longer_each_time_up_to_the_maximum()
    {
        var policy = new ExponentialRetry(100, 1_000);

        policy.ShouldRetry(1, 49).ShouldBeFalse();
        policy.ShouldRetry(1, 100).ShouldBeTrue();
        policy.ShouldRetry(3, 199).ShouldBeFalse();
        policy.ShouldRetry(3, 400).ShouldBeTrue();
        policy.ShouldRetry(50, 499).ShouldBeFalse();
        policy.ShouldRetry(50, 1_000).ShouldBeTrue();
    }
}
