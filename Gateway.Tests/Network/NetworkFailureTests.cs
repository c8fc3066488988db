using System.Net;
using System.Net.Sockets;
using Gateway.Api.Providers;
using Gateway.Api.Providers.OpenAI;
using Gateway.Api.Routing;
using ServiceDefaults.Network;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Network;

public sealed class NetworkFailureTests
{
    private const int Calls = 200;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_a_server_that_resets_its_connections_brings_up_is_a_failure_of_the_network()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        var resetting = ResetAsync(listener);
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        using var http = new HttpMessageInvoker(UpstreamHttp.NewHandler(address, TimeSpan.FromSeconds(5), propagatesTrace: false));

        var failures = new List<Exception>();
        for (var i = 0; i < Calls; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            failures.Add(await Should.ThrowAsync<Exception>(() => http.SendAsync(request, Token)));
        }

        listener.Stop();
        await resetting;
        failures.ShouldAllBe(failure => failure.IsOfNetwork());
    }

    [Theory]
    [InlineData(typeof(SocketException), true)]
    [InlineData(typeof(HttpRequestException), true)]
    [InlineData(typeof(HttpIOException), true)]
    [InlineData(typeof(EndOfStreamException), true)]
    [InlineData(typeof(TaskCanceledException), false)]
    [InlineData(typeof(InvalidOperationException), false)]
    public void What_is_of_the_network(Type type, bool expected)
    {
        var failure = type == typeof(HttpIOException) ? new HttpIOException(HttpRequestError.ResponseEnded) : (Exception)Activator.CreateInstance(type)!;

        failure.IsOfNetwork().ShouldBe(expected);
    }

    [Fact]
    public void A_target_that_does_so_cannot_be_reached_and_the_next_is_tried()
    {
        using var provider = new OpenAIProvider("p", new ProviderSettings(new Uri("http://localhost/v1"), null, TimeSpan.FromSeconds(1), AsksForUsage: true, PropagatesTrace: false));
        var target = new Target(provider, "m", new TargetHealth(TimeProvider.System));

        var failure = UpstreamHttp.FailureOf(new SocketException((int)SocketError.NotConnected), request: null!, target, TimeSpan.FromSeconds(1)).ShouldNotBeNull();

        (failure.Kind, failure.Allows(target)).ShouldBe((UpstreamFailureKind.Unreachable, true));
        failure.Refusal.Message.ShouldBe("p/m cannot be reached: NotConnected.");
    }

    private static async Task ResetAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptSocketAsync(Token);
                connection.LingerState = new LingerOption(enable: true, seconds: 0);
            }
        }
        catch (SocketException)
        {
            // It was stopped.
        }
    }
}
