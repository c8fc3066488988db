using Gateway.Tests.Hosts;
using Gateway.Tests.Products.Catalogue;
using Mcp.Products;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Products;

public sealed class ProductServerTests(Shop shop) : IClassFixture<Shop>
{
    [Theory]
    [Trait("Requirement", "G2.2")]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task The_official_client_is_served_in_every_revision(string version)
    {
        await using var client = await shop.Host.ConnectAsync(TestContext.Current.CancellationToken, version);

        client.NegotiatedProtocolVersion.ShouldBe(version);
        client.ServerInfo!.Name.ShouldBe("products");
        client.ServerInstructions.ShouldNotBeNull().ShouldContain("smallest unit");
        var found = await client.CallToolAsync("get_product", new Dictionary<string, object?> { ["catalog"] = new { id = "kb-1" } }, cancellationToken: TestContext.Current.CancellationToken);
        found.Content.ShouldHaveSingleItem().ShouldBeOfType<TextContentBlock>().Text.ShouldStartWith("Keyline Slim");
    }

    [Fact]
    [Trait("Requirement", "G2.2")]
    public async Task A_client_that_starts_the_server_is_served_over_its_standard_streams()
    {
        using var goods = new GoodsFile();
        var transport = new StdioClientTransport(new StdioClientTransportOptions { Command = "dotnet", Arguments = [typeof(ProductsApplication).Assembly.Location, "--stdio", "--Catalogue:File", goods.Path] });
        // The process has to start before it can say what it speaks.
        var patient = new McpClientOptions { DiscoverProbeTimeout = TimeSpan.FromMinutes(1) };
        await using var client = await McpClient.CreateAsync(transport, patient, cancellationToken: TestContext.Current.CancellationToken);

        var found = await client.CallToolAsync("get_product", new Dictionary<string, object?> { ["catalog"] = new { id = "kb-1" } }, cancellationToken: TestContext.Current.CancellationToken);

        found.IsError.ShouldNotBe(true);
        found.Content.ShouldHaveSingleItem().ShouldBeOfType<TextContentBlock>().Text.ShouldStartWith("Keyline Slim");
    }

    [Fact]
    public async Task Only_what_is_there_is_announced()
    {
        await using var client = await shop.Host.ConnectAsync(TestContext.Current.CancellationToken);
        var can = client.ServerCapabilities;
        (can.Tools is not null, can.Resources is not null, can.Prompts is not null, can.Completions is not null).ShouldBe((true, true, true, true));
        (can.Resources!.Subscribe, can.Tools!.ListChanged).ShouldBe((null, null));
    }

    [Fact]
    public async Task A_setting_that_cannot_be_is_refused_with_what_can()
    {
        var refused = await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => ProductsHost.StartAsync(("Products:Currency", "dollars"), ("Products:TimeToLiveSeconds", "-1")));
        refused.Failures.ShouldBe(["Products:Currency is 'dollars'; it must be three capital letters as ISO 4217 has them, such as USD.", "Products:TimeToLiveSeconds is -1; it must be from 0 to 86400."]);
    }
}
