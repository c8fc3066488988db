using System.Net;
using System.Net.Sockets;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Web;

/// <summary>Visitors share the demo key, and each has an address of its own by which the gateway counts.</summary>
public sealed class VisitorLimitTests(SimulatedGateway system)
{
    private const int Limit = 2;

    [Fact]
    public async Task Each_visitor_is_counted_by_address()
    {
        await using var gateway = await GatewayHost.StartAsync(
            system.Model, ("Gateway:Limits:RequestsPerMinutePerIp", $"{Limit}"), ("Gateway:Access:TrustedProxies:0", "127.0.0.1"));
        await using var web = await WebHost.StartAsync(gateway.Address);

        foreach (var address in new[] { "127.0.0.2", "127.0.0.3" })
        {
            using var visitor = VisitorFrom(IPAddress.Parse(address), web.Address);
            var statuses = new List<HttpStatusCode>();
            for (var i = 0; i <= Limit; i++)
            {
                using var answer = await visitor.GetAsync("/v1/models", TestContext.Current.CancellationToken);
                statuses.Add(answer.StatusCode);
            }

            statuses.ShouldBe([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
        }
    }

    private static HttpClient VisitorFrom(IPAddress address, Uri web)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(address, 0));
                await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = web };
    }
}
