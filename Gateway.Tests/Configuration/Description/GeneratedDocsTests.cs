using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using NJsonSchema;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Configuration.Description;

/// <summary>What is generated from the options: the page for people, the schema for editors.</summary>
public sealed class GeneratedDocsTests(SimulatedGateway simulated)
{
    public static TheoryData<string, string> Generated => new()
    {
        { "configuration.md", ConfigurationPage.Write() },
        { "gateway.schema.json", GatewaySchema.Write() },
    };

    [Theory]
    [MemberData(nameof(Generated), DisableDiscoveryEnumeration = true)]
    public async Task What_is_generated_says_what_the_options_say(string name, string generated)
    {
        var path = Repository.PathOf("docs", name);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, generated, TestContext.Current.CancellationToken);
        }

        var kept = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        (kept == generated).ShouldBeTrue($"docs/{name} is not what the options say. UPDATE_DOCS=1 ./test writes it anew.");
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("\"Retries\": 2", "\"Retrys\": 2", false)]
    [InlineData("\"Retries\": 2", "\"Retries\": 11", false)]
    [InlineData("\"Retries\": 2", "\"Retries\": \"2\"", false)]
    [InlineData("\"Policy\": \"Priority\"", "\"Policy\": \"Fastest\"", false)]
    public async Task Editors_tell_what_the_gateway_would(string from, string to, bool isValid)
    {
        var text = await File.ReadAllTextAsync(Repository.PathOf("Gateway.Api", "gateway.json"), TestContext.Current.CancellationToken);
        var shipped = JsonNode.Parse(text)!;
        shipped["Gateway"]!["Limits"]!["Retries"] = 2;
        shipped["Gateway"]!["Models"]!["phi-3-mini"]!["Policy"] = "Priority";
        var changed = shipped.ToJsonString().Replace(from.Length > 0 ? from.Replace(" ", "", StringComparison.Ordinal) : "\0", to, StringComparison.Ordinal);

        var schema = await JsonSchema.FromFileAsync(Repository.PathOf("docs", "gateway.schema.json"), TestContext.Current.CancellationToken);

        (schema.Validate(changed).Count == 0).ShouldBe(isValid);
        File.Exists(Path.Combine(Repository.PathOf("Gateway.Api"), (string)shipped["$schema"]!)).ShouldBeTrue();
    }

    [Fact]
    public async Task Anybody_may_read_the_schema()
    {
        using var response = await simulated.Gateway.Http.GetAsync("/schema/gateway.json", TestContext.Current.CancellationToken);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/schema+json");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(await File.ReadAllTextAsync(Repository.PathOf("docs", "gateway.schema.json"), TestContext.Current.CancellationToken));
    }
}
