using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Metering;
using Shouldly;
using Xunit;

namespace Gateway.Tests.PassThrough;

/// <summary>Who may have a request passed on, and that nothing is where no provider is named.</summary>
[Trait("Requirement", "G6.1")]
public sealed class PassThroughAccessTests(MeteredGateway gateway, SimulatedGateway plain) : IClassFixture<MeteredGateway>
{
    [Theory]
    [InlineData("sk-gw-unknown", 401, "invalid_api_key")]
    [InlineData(GatewayHost.AdminKey, 403, "insufficient_permissions")]
    [InlineData("ABSKQmVkcm9ja0FQSUtleQ==", 403, "insufficient_permissions")]
    public async Task It_takes_an_API_key_of_the_gateways(string bearer, int status, string code) =>
        (await CallAsync(gateway.Gateway, bearer)).ShouldBe((status, code));

    [Fact]
    public async Task A_key_for_certain_models_does_not_do()
    {
        var key = await gateway.Gateway.CreateKeyAsync(new { name = "narrow", models = (string[])["phi-3-mini"] });

        (await CallAsync(gateway.Gateway, key)).ShouldBe((403, "insufficient_permissions"));
    }

    [Fact]
    [Trait("Requirement", "B6.5")]
    public async Task Where_no_provider_is_named_a_route_is_unknown_and_a_method_not_taken()
    {
        (await CallAsync(plain.Gateway, plain.Key)).ShouldBe((404, "unknown_url"));
        (await CallAsync(plain.Gateway, plain.Key, "/v1/chat/completions")).ShouldBe((405, "method_not_supported"));
    }

    private static async Task<(int Status, string Code)> CallAsync(GatewayHost host, string bearer, string path = "/v1/uploads")
    {
        using var client = host.ClientWith(bearer);
        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, body!["error"]!["code"]!.ToString());
    }
}
