using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Hosts.Bedrock;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Network;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Security;

/// <summary>The one address that a caller may have the gateway open itself, that of an image: however it is written, a server of this machine is not called.</summary>
[Trait("Requirement", "G6.1")]
public sealed class ImageAddressTests : IAsyncLifetime
{
    private ScriptedUpstream _inside = null!;
    private BedrockGateway _gateway = null!;
    private int _calls;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inside = await ScriptedUpstream.StartAsync(http =>
        {
            Interlocked.Increment(ref _calls);
            http.Response.ContentType = "image/png";
            return http.Response.WriteAsync("png", http.RequestAborted);
        });
        _gateway = await BedrockGateway.StartAsync(settings: ("Gateway:Providers:bedrock:FetchImages", "true"));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _inside.DisposeAsync();
    }

    [Theory]
    [InlineData("http://127.0.0.1:PORT/")]
    [InlineData("http://localhost:PORT/")]
    [InlineData("HTTP://LOCALHOST.:PORT/")]
    [InlineData("http://2130706433:PORT/")]
    [InlineData("http://0x7f.0.0.1:PORT/")]
    [InlineData("http://0177.0.0.1:PORT/")]
    [InlineData("http://127.1:PORT/")]
    [InlineData("http://0:PORT/")]
    [InlineData("http://0.0.0.0:PORT/")]
    [InlineData("http://[::1]:PORT/")]
    [InlineData("http://[::]:PORT/")]
    [InlineData("http://[::ffff:127.0.0.1]:PORT/")]
    [InlineData("http://[::ffff:7f00:1]:PORT/")]
    [InlineData("http://[::127.0.0.1]:PORT/")]
    [InlineData("http://[64:ff9b::7f00:1]:PORT/")]
    [InlineData("http://\uff11\uff12\uff17.0.0.1:PORT/")]
    [InlineData("http://example.com@127.0.0.1:PORT/")]
    [InlineData("http://127.0.0.1:PORT\\\\@example.com/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://2852039166/latest/meta-data/")]
    [InlineData("http://[fd00:ec2::254]/latest/meta-data/")]
    [InlineData("https://127.0.0.1:PORT/")]
    public async Task A_server_of_this_machine_or_network_is_not_called(string address)
    {
        address = address.Replace("PORT", _inside.Address.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        using var response = await AskAsync(address);

        var text = await response.Content.ReadAsStringAsync(Token);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, text);
        text.ShouldContain("cannot be used");
        _calls.ShouldBe(0);
        _gateway.Bedrock.Exchanges.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/cat.png")]
    [InlineData("gopher://127.0.0.1:6379/_FLUSHALL")]
    [InlineData("//127.0.0.1/cat.png")]
    [InlineData("http://")]
    public async Task Other_schemes_are_no_addresses(string address)
    {
        using var response = await AskAsync(address);

        ((int)response.StatusCode).ShouldBe(400);
        _gateway.Bedrock.Exchanges.ShouldBeEmpty();
    }

    // What looks at the address looks at each connection: also at that of a redirect, were one ever followed, and at what a name means in that moment.
    [Fact]
    public async Task Whatever_follows_a_redirect_is_checked_again()
    {
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = PublicConnection.ConnectAsync, AllowAutoRedirect = true, UseProxy = false });

        await Should.ThrowAsync<HttpRequestException>(http.GetAsync(_inside.Address, Token));
        await Should.ThrowAsync<HttpRequestException>(http.GetAsync(new Uri($"http://localhost:{_inside.Address.Port}/"), Token));
        _calls.ShouldBe(0);
    }

    private Task<HttpResponseMessage> AskAsync(string address)
    {
        var content = new JsonArray(new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = address } });
        var body = new JsonObject { ["model"] = "m", ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = content }) };
        return _gateway.PostAsync("/v1/chat/completions", body.ToJsonString());
    }
}
