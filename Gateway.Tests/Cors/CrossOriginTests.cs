using System.Net;
using System.Text;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Cors;

public sealed class CrossOriginTests(CrossOriginGateway open, SimulatedGateway system) : IClassFixture<CrossOriginGateway>
{
    private const string Listed = CrossOriginGateway.Listed;
    private const string Chat = "/v1/chat/completions";

    private readonly GatewayHost _gateway = open.Gateway;
    private readonly string _key = open.Key;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Chat, "POST")]
    [InlineData("/admin/keys/x", "PATCH")]
    [InlineData("/v1/nothing", "GET")]
    [Trait("Requirement", "V9.5")]
    public async Task A_browser_that_asks_first_is_told_what_it_may_and_needs_no_key_for_that(string path, string method)
    {
        using var response = await PreflightAsync(_gateway, path, method, Listed);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Header(response, "Access-Control-Allow-Origin").ShouldBe(Listed);
        Header(response, "Access-Control-Allow-Methods")!.ShouldContain(method);
        Header(response, "Access-Control-Allow-Headers").ShouldBe("authorization,content-type,x-stainless-os");
        Header(response, "Access-Control-Max-Age").ShouldBe("7200");
        Header(response, "Access-Control-Allow-Credentials").ShouldBeNull();
        Header(response, "Vary").ShouldBe("Origin");
    }

    [Theory]
    [InlineData("GET", "/v1/models", true, null, 200)]
    [InlineData("GET", "/v1/models", false, null, 401)]
    [InlineData("GET", "/admin/keys", true, null, 403)]
    [InlineData("GET", "/nothing", true, null, 404)]
    [InlineData("GET", Chat, true, null, 405)]
    [InlineData("POST", Chat, true, "{nope", 400)]
    [InlineData("POST", Chat, true, "long", 413)]
    [InlineData("GET", "/health", false, null, 200)]
    [Trait("Requirement", "V9.5")]
    public async Task Every_reply_to_a_listed_origin_may_be_read_with_its_headers_errors_included(string method, string path, bool hasKey, string? body, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "Origin", Listed } } };
        request.Headers.Authorization = hasKey ? new("Bearer", _key) : null;
        request.Content = body is null ? null : new StringContent(body == "long" ? new string(' ', 2048) : body, Encoding.UTF8, "application/json");

        using var response = await _gateway.Http.SendAsync(request, Token);

        ((int)response.StatusCode).ShouldBe(status);
        Header(response, "Access-Control-Allow-Origin").ShouldBe(Listed);
        Header(response, "Access-Control-Expose-Headers")!.Split(", ").ShouldContain("x-request-id");
        Header(response, "Vary").ShouldBe("Origin");
    }

    [Theory]
    [InlineData("https://evil.example.com")]
    [InlineData("https://app.example.com.evil.com")]
    [InlineData("http://app.example.com")]
    [InlineData("https://APP.example.com")]
    [InlineData("null")]
    public async Task Another_origin_is_told_nothing(string origin)
    {
        using var preflight = await PreflightAsync(_gateway, Chat, "POST", origin);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { Authorization = new("Bearer", _key) } };
        request.Headers.Add("Origin", origin);
        using var response = await _gateway.Http.SendAsync(request, Token);

        preflight.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Header(preflight, "Access-Control-Allow-Origin").ShouldBeNull();
        Header(response, "Access-Control-Allow-Origin").ShouldBeNull();
    }

    [Fact]
    public async Task A_star_lets_every_origin_call_models_and_none_administer()
    {
        await using var starred = await GatewayHost.StartAsync(system.Model, ("Gateway:Cors:Origins:0", "*"), ("Gateway:Cors:Origins:1", Listed));

        using var models = await PreflightAsync(starred, Chat, "POST", "https://any.example.com");
        using var admin = await PreflightAsync(starred, "/admin/keys", "POST", "https://any.example.com");
        using var console = await PreflightAsync(starred, "/admin/keys", "POST", Listed);

        (Header(models, "Access-Control-Allow-Origin"), Header(admin, "Access-Control-Allow-Origin"), Header(console, "Access-Control-Allow-Origin"))
            .ShouldBe(("https://any.example.com", null, Listed));
    }

    [Theory]
    [InlineData("app.example.com")]
    [InlineData("https://app.example.com/")]
    [InlineData("https://*.example.com")]
    [InlineData("ftp://app.example.com")]
    public async Task An_origin_that_no_browser_sends_is_refused_at_the_start(string origin) =>
        (await Should.ThrowAsync<OptionsValidationException>(() => GatewayHost.StartAsync(system.Model, ("Gateway:Cors:Origins:0", origin)))).Message.ShouldStartWith("Gateway:Cors:Origins:0");

    private static async Task<HttpResponseMessage> PreflightAsync(GatewayHost gateway, string path, string method, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,x-stainless-os");
        return await gateway.Http.SendAsync(request, Token);
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
