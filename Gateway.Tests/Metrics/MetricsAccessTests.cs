using System.Net;
using System.Net.Http.Headers;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Metrics;

/// <summary>Who may read <c>/metrics</c>, at each service.</summary>
public sealed class MetricsAccessTests : IDisposable
{
    private static readonly (string Key, string Value) Closed = ("Metrics:RequireAdminKey", "true");

    private readonly string _data = Directory.CreateTempSubdirectory("metrics-cost-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task Without_a_word_on_it_they_are_open_at_every_service()
    {
        await using var model = await ModelHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(model);
        await using var products = await ProductsHost.StartAsync(("Products:Access", "Keys"));
        await using var cost = await CostHost.StartAsync(_data, redisPort: null);

        foreach (var service in (LoopbackHost[])[gateway, products, cost])
        {
            var scrape = await Scrape.OfAsync(service.Http, TestContext.Current.CancellationToken);
            scrape["dotnet_process_memory_working_set_bytes"].ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task The_gateway_may_want_its_admin_key_for_them()
    {
        await using var model = await ModelHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(model, Closed);
        using var caller = await gateway.CallerClientAsync();
        using var forbidden = await caller.GetAsync("/metrics", TestContext.Current.CancellationToken);

        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await OnlyTheAdminKeyOpensAsync(gateway, GatewayHost.AdminKey);
    }

    [Fact]
    public async Task The_cost_worker_may_want_it_too()
    {
        await using var cost = await CostHost.StartAsync(_data, redisPort: null, time: null, Closed);

        await OnlyTheAdminKeyOpensAsync(cost, CostHost.AdminKey);
    }

    [Fact]
    public async Task The_product_server_may_want_it_too_open_as_its_catalogue_may_be()
    {
        await using var products = await ProductsHost.StartAsync(Closed, ("GATEWAY_ADMIN_KEY", "test-admin-key"));

        await OnlyTheAdminKeyOpensAsync(products, "test-admin-key");
    }

    [Fact]
    public async Task Switched_off_there_are_none()
    {
        await using var service = await MetricsHost.StartAsync(("Metrics:Enabled", "false"));
        using var response = await service.Http.GetAsync("/metrics", TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        service.Meter.CreateCounter<long>("test.unheard").Enabled.ShouldBeFalse();
    }

    [Fact]
    public async Task Faulty_settings_are_named_together()
    {
        var fault = await Should.ThrowAsync<OptionsValidationException>(() => MetricsHost.StartAsync(("Metrics:RequireAdminKey", "perhaps"), ("Metrics:MaxSeries", "5")));

        fault.Failures.ShouldBe(
            ["Metrics:RequireAdminKey is 'perhaps'; it must be true or false.", "Metrics:MaxSeries is '5'; it must be a whole number from 10 to 100000."]);
    }

    private static async Task OnlyTheAdminKeyOpensAsync(LoopbackHost service, string key)
    {
        using var refused = await service.Http.GetAsync("/metrics", TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = service.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("dotnet_");
        (await Scrape.OfAsync(http, TestContext.Current.CancellationToken)).Families.ShouldNotBeEmpty();
    }
}
