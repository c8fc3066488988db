using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Ledger;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Cost;

public sealed class UsageEndpointTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("cost-http-").FullName;
    private CostHost _worker = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _worker = await CostHost.StartAsync(_data, redisPort: null, new StoppedClock(Events.Noon));

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Without_usage_the_report_of_the_month_is_empty()
    {
        using var admin = _worker.AdminClient();
        var report = JsonNode.Parse(await admin.GetStringAsync("/usage", Token))!;

        ((string)report["from"]!, (string)report["to"]!).ShouldBe(("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"));
        report["by"]!.AsArray().Select(name => (string)name!).ShouldBe(["tenant", "model"]);
        report["data"]!.AsArray().ShouldBeEmpty();
        ((long)report["total"]!["requests"]!).ShouldBe(0);
    }

    [Theory]
    [InlineData("/usage?from=x", "from", "'x' is no date")]
    [InlineData("/usage?to=2026-10-01&from=2026-11-01", "to", "The period ends before it begins.")]
    [InlineData("/usage?by=colour", "by", "allowed, separated by commas: tenant, key,")]
    public async Task What_cannot_be_asked_is_refused_by_name(string url, string param, string words)
    {
        using var admin = _worker.AdminClient();
        using var response = await admin.GetAsync(url, Token);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["error"]!;

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)error["message"]!).ShouldContain(words);
        ((string)error["type"]!, (string)error["param"]!).ShouldBe(("invalid_request_error", param));
    }

    [Theory]
    [InlineData("/usage", null)]
    [InlineData("/usage", "wrong")]
    [InlineData("/anything", null)]
    public async Task Nobody_without_the_admin_key_learns_anything(string url, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_worker.Address, url));
        request.Headers.Authorization = key is null ? null : new("Bearer", key);
        using var response = await _worker.Http.SendAsync(request, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("Reports take the gateway's admin key.");
    }

    [Fact]
    public async Task Where_no_admin_key_is_configured_nobody_gets_in()
    {
        await using var open = await CostHost.StartAsync(_data, redisPort: null, settings: ("GATEWAY_ADMIN_KEY", ""));
        using var admin = open.AdminClient();
        using var response = await admin.GetAsync("/usage", Token);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("No admin key is configured here");
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/health/ready")]
    public async Task Health_is_open(string url) =>
        (await _worker.Http.GetStringAsync(url, Token)).ShouldContain("\"status\":\"ok\"");

    [Fact]
    public async Task An_address_that_is_not_known_is_a_404_to_whoever_has_the_key()
    {
        using var admin = _worker.AdminClient();
        using var response = await admin.GetAsync("/nothing", Token);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("unknown_url");
    }
}
