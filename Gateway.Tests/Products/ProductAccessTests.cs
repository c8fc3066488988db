using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Access.Jwt;
using Gateway.Tests.Hosts;
using Gateway.Tests.Mcp;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Products;

/// <summary>The gateway's keys at the product server, and the product server behind the gateway.</summary>
[Trait("Requirement", "G2.1")]
[Trait("Requirement", "G6.1")]
public sealed class ProductAccessTests(GuardedShop shop) : IClassFixture<GuardedShop>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_of_the_gateway_opens_both(bool behindGateway)
    {
        var endpoint = behindGateway ? shop.BehindGateway : shop.Products.Endpoint;
        await using var client = await ProductsHost.ConnectAsync(endpoint, await shop.Gateway.CreateKeyAsync(), Cancel);

        client.ServerInfo!.Name.ShouldBe("products");
        var found = await client.CallToolAsync("get_product", new Dictionary<string, object?> { ["catalog"] = new { id = "kb-1" } }, cancellationToken: Cancel);
        found.StructuredContent!.Value.GetProperty("product").GetProperty("title").GetString().ShouldBe("Keyline Slim Wireless Keyboard");
    }

    [Fact]
    public async Task The_TypeScript_client_is_served_behind_the_gateway()
    {
        var (exitCode, output, errors) = await McpNode.RunAsync(Cancel, "client.mjs", shop.BehindGateway.AbsoluteUri, await shop.Gateway.CreateKeyAsync());

        exitCode.ShouldBe(0, errors);
        output.ShouldContain("\"found\":[\"kb-1\"]");
    }

    [Theory]
    [Trait("Requirement", "G6.2")]
    [InlineData(false, "/mcp")]
    [InlineData(true, "/mcp/products")]
    public async Task Who_has_no_key_is_told_where_tokens_come_from(bool behindGateway, string path)
    {
        var host = behindGateway ? (LoopbackHost)shop.Gateway : shop.Products;
        var metadata = new Uri(host.Address, $"/.well-known/oauth-protected-resource{path}");

        using var refused = await host.Http.PostAsJsonAsync(path, new { }, Cancel);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        refused.Headers.WwwAuthenticate.ToString().ShouldBe($"Bearer resource_metadata=\"{metadata}\", scope=\"products:read\"");

        var told = await host.Http.GetFromJsonAsync<JsonObject>(metadata, Cancel);
        told!["resource"]!.GetValue<string>().ShouldBe(new Uri(host.Address, path).AbsoluteUri);
        told["authorization_servers"]!.AsArray().Select(server => server!.GetValue<string>()).ShouldBe([TestIssuer.Name]);
        told["scopes_supported"]!.ToJsonString().ShouldBe("""["products:read"]""");
    }

    [Theory]
    [Trait("Requirement", "G6.2")]
    [InlineData("sk-wrong", HttpStatusCode.Unauthorized, "Incorrect API key")]
    [InlineData(GatewayHost.AdminKey, HttpStatusCode.Forbidden, "admin key")]
    public async Task A_key_that_does_not_do_is_refused_in_the_gateways_words(string key, HttpStatusCode status, string words)
    {
        using var refused = await ListAsync(shop.Products.Endpoint, key);
        refused.StatusCode.ShouldBe(status);
        (await refused.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["error"]!["message"]!.GetValue<string>().ShouldContain(words);
    }

    [Fact]
    public async Task A_Bedrock_key_buys_no_products()
    {
        using var refused = await ListAsync(shop.Products.Endpoint, "ABSKQmVkcm9ja0FQSUtleS1zZWNyZXQ6c2VjcmV0");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync(Cancel)).ShouldContain("Bedrock");
    }

    [Fact]
    public async Task A_token_opens_both_where_it_is_meant_for_the_gateway()
    {
        using var direct = await ListAsync(shop.Products.Endpoint, shop.Issuer.Token("one"));
        using var behind = await ListAsync(shop.BehindGateway, shop.Issuer.Token("one"));
        (direct.StatusCode, behind.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));

        using var refused = await ListAsync(shop.Products.Endpoint, shop.Issuer.Token("one", claims => claims["aud"] = "https://another.example"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("Requirement", "G6.5")]
    public async Task A_revoked_key_is_out_within_seconds()
    {
        using var admin = shop.Gateway.AdminClient();
        using var created = await admin.PostAsJsonAsync("/admin/keys", new { name = "to be revoked" }, Cancel);
        var key = (await created.Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
        using (var served = await ListAsync(shop.Products.Endpoint, key["key"]!.GetValue<string>()))
        {
            served.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var revoked = await admin.DeleteAsync(new Uri($"/admin/keys/{key["id"]}", UriKind.Relative), Cancel);
        shop.Time.Advance(TimeSpan.FromSeconds(5));

        using var refused = await ListAsync(shop.Products.Endpoint, key["key"]!.GetValue<string>());
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await refused.Content.ReadAsStringAsync(Cancel)).ShouldContain("revoked");
    }

    [Fact]
    [Trait("Requirement", "G5.1")]
    [Trait("Requirement", "G5.2")]
    public async Task A_client_that_asks_too_often_is_told_when_to_come_back_and_others_are_served()
    {
        var (busy, other) = (await shop.Gateway.CreateKeyAsync(), await shop.Gateway.CreateKeyAsync());
        for (var i = 0; i < 20; i++)
        {
            using var served = await ListAsync(shop.Products.Endpoint, busy);
            served.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var refused = await ListAsync(shop.Products.Endpoint, busy);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);

        using var behind = await ListAsync(shop.BehindGateway, busy);
        (behind.StatusCode, behind.Headers.RetryAfter is not null).ShouldBe((HttpStatusCode.TooManyRequests, true));
        using var served2 = await ListAsync(shop.Products.Endpoint, other);
        served2.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_the_gateway_keys_that_were_good_are_served_for_a_while_and_others_wait()
    {
        await using var away = new GuardedShop();
        await away.InitializeAsync();
        var key = await away.Gateway.CreateKeyAsync();
        using (var served = await ListAsync(away.Products.Endpoint, key))
        {
            served.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await away.Gateway.StopAsync();
        away.Time.Advance(TimeSpan.FromMinutes(4));
        using var known = await ListAsync(away.Products.Endpoint, key);
        known.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var unknown = await ListAsync(away.Products.Endpoint, "sk-another");
        (unknown.StatusCode, unknown.Headers.RetryAfter is not null).ShouldBe((HttpStatusCode.ServiceUnavailable, true));
        away.Time.Advance(TimeSpan.FromMinutes(2));
        using var stale = await ListAsync(away.Products.Endpoint, key);
        stale.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Without_the_product_server_the_gateway_says_so()
    {
        await using var upstream = await ScriptedUpstream.StartAsync(_ => Task.CompletedTask);
        await using var alone = await GatewayHost.StartAsync(upstream);
        using var refused = await ListAsync(new Uri(alone.Address, "mcp/products"), await alone.CreateKeyAsync());
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await refused.Content.ReadAsStringAsync(Cancel)).ShouldContain("services__products__http__0");

        await using var astray = await GatewayHost.StartAsync(upstream, ("services:products:http:0", "http://127.0.0.1:9"));
        using var nobody = await ListAsync(new Uri(astray.Address, "/mcp/products"), await astray.CreateKeyAsync());
        nobody.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Pages_that_the_gateway_lets_call_are_let_through()
    {
        using var request = Request(shop.BehindGateway, await shop.Gateway.CreateKeyAsync());
        request.Headers.Add("Origin", "https://app.example");
        using var served = await shop.Gateway.Http.SendAsync(request, Cancel);
        served.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Health_takes_no_key() =>
        (await shop.Products.Http.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Cancel)).ShouldContain("ok");

    private async Task<HttpResponseMessage> ListAsync(Uri endpoint, string key)
    {
        using var request = Request(endpoint, key);
        return await shop.Products.Http.SendAsync(request, Cancel);
    }

    private static HttpRequestMessage Request(Uri endpoint, string key) => new(HttpMethod.Post, endpoint)
    {
        Content = JsonContent.Create(new { jsonrpc = "2.0", id = 1, method = "tools/list" }),
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key), Accept = { MediaTypeWithQualityHeaderValue.Parse("*/*") } },
    };
}
