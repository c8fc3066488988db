using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Gateway.Api.Providers;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Tls;

public sealed class TransportSecurityTests(SimulatedGateway system) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-tls-").FullName;
    private X509Certificate2 _certificate = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _certificate = await SelfSigned.WriteAsync(_folder, Token);

    public ValueTask DisposeAsync()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    [Trait("Requirement", "G6.3")]
    public async Task The_HTTPS_endpoint_speaks_TLS_1_3_and_refuses_1_2()
    {
        await using var gateway = await StartGatewayAsync();

        (await HandshakeAsync(gateway.Address, SslProtocols.Tls13 | SslProtocols.Tls12)).ShouldBe(SslProtocols.Tls13);
        await Should.ThrowAsync<AuthenticationException>(() => HandshakeAsync(gateway.Address, SslProtocols.Tls12));
    }

    [Fact]
    public async Task An_endpoint_that_says_so_takes_TLS_1_2_too()
    {
        await using var gateway = await StartGatewayAsync(("Kestrel:Endpoints:Https:SslProtocols:0", "Tls12"), ("Kestrel:Endpoints:Https:SslProtocols:1", "Tls13"));

        (await HandshakeAsync(gateway.Address, SslProtocols.Tls13 | SslProtocols.Tls12)).ShouldBe(SslProtocols.Tls13);
        (await HandshakeAsync(gateway.Address, SslProtocols.Tls12)).ShouldBe(SslProtocols.Tls12);
    }

    [Theory]
    [InlineData(SslProtocols.Tls13 | SslProtocols.Tls12, SslProtocols.Tls13)]
    [InlineData(SslProtocols.Tls12, SslProtocols.Tls12)]
    [Trait("Requirement", "G6.3")]
    public async Task Providers_are_called_with_TLS_1_3_and_with_1_2_where_they_know_no_better(SslProtocols theirs, SslProtocols spoken)
    {
        using var handler = UpstreamHttp.NewHandler(new Uri("https://127.0.0.1"), TimeSpan.FromSeconds(10), propagatesTrace: false);

        (await NegotiateAsync(handler.SslOptions, theirs)).ShouldBe(spoken);
    }

    [Fact]
    public void Providers_are_never_called_with_less()
    {
        using var handler = UpstreamHttp.NewHandler(new Uri("https://127.0.0.1"), TimeSpan.FromSeconds(10), propagatesTrace: false);

        handler.SslOptions.EnabledSslProtocols.ShouldBe(SslProtocols.Tls13 | SslProtocols.Tls12);
    }

    private Task<GatewayHost> StartGatewayAsync(params (string Key, string Value)[] settings) => GatewayHost.StartAsync(
        system.Model,
        [
            ("Kestrel:Endpoints:Https:Url", "https://127.0.0.1:0"),
            ("Kestrel:Endpoints:Https:Certificate:Path", Path.Combine(_folder, "cert.pem")),
            ("Kestrel:Endpoints:Https:Certificate:KeyPath", Path.Combine(_folder, "key.pem")),
            .. settings,
        ]);

    private async Task<SslProtocols> HandshakeAsync(Uri address, SslProtocols ours)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, Token);
        await using var stream = new SslStream(socket.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", EnabledSslProtocols = ours, RemoteCertificateValidationCallback = IsOurs }, Token);
        await stream.WriteAsync("GET /health HTTP/1.0\r\n\r\n"u8.ToArray(), Token);
        using var reader = new StreamReader(stream);
        (await reader.ReadToEndAsync(Token)).ShouldStartWith("HTTP/1.1 200 OK");
        return stream.SslProtocol;
    }

    private async Task<SslProtocols> NegotiateAsync(SslClientAuthenticationOptions ours, SslProtocols theirs)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var caller = new TcpClient();
        await caller.ConnectAsync((IPEndPoint)listener.LocalEndpoint, Token);
        using var called = await listener.AcceptTcpClientAsync(Token);
        await using var server = new SslStream(called.GetStream());
        await using var client = new SslStream(caller.GetStream());
        ours.TargetHost = "127.0.0.1";
        ours.RemoteCertificateValidationCallback = IsOurs;
        await Task.WhenAll(
            server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate, EnabledSslProtocols = theirs }, Token),
            client.AuthenticateAsClientAsync(ours, Token));
        return client.SslProtocol;
    }

    private bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate?.GetCertHashString() == _certificate.GetCertHashString();
}
