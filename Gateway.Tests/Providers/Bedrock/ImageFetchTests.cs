using System.Text.Json.Nodes;
using Gateway.Tests.Hosts.Bedrock;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Providers.Bedrock;

/// <summary>bedrock.md, section 2, line 6: an address that a caller chooses leads nowhere inside.</summary>
public sealed class ImageFetchTests
{
    [Theory]
    [InlineData("http://127.0.0.1:1/cat.png")]
    [InlineData("http://localhost/cat.png")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::1]/cat.png")]
    [InlineData("http://[::ffff:10.0.0.1]/cat.png")]
    [InlineData("http:cat.png")]
    public async Task S2_6_An_image_inside_the_network_is_not_fetched(string address)
    {
        await using var gateway = await BedrockGateway.StartAsync(settings: ("Gateway:Providers:bedrock:FetchImages", "true"));
        var content = new JsonArray(new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = address } });
        var body = new JsonObject { ["model"] = "m", ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = content }) };

        using var response = await gateway.PostAsync("/v1/chat/completions", body.ToJsonString());

        ((int)response.StatusCode).ShouldBe(400);
        ((string?)(await BedrockGateway.JsonOf(response))["error"]!["message"])!.ShouldContain("cannot be used");
        gateway.Bedrock.Exchanges.ShouldBeEmpty();
    }
}
