using System.Text.Json.Nodes;
using Gateway.Tests.Mcp;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Products;

/// <summary>The official inspector, and the official TypeScript client, which checks results against their schemas itself.</summary>
[Trait("Requirement", "G2.2")]
public sealed class ProductJudgesTests(Shop shop) : IClassFixture<Shop>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_inspector_finds_no_fault_with_the_schemas()
    {
        var (exitCode, output, errors) = await InspectAsync("--method", "tools/list", "--strict");

        exitCode.ShouldBe(0, errors);
        errors.ShouldBeEmpty();
        JsonNode.Parse(output)!["tools"]!.AsArray().Count.ShouldBe(4);
    }

    [Fact]
    public async Task The_inspector_calls_a_tool()
    {
        var (exitCode, output, errors) = await InspectAsync("--method", "tools/call", "--tool-name", "search_catalog", "--tool-arg", """catalog={"query":"kettle"}""");

        exitCode.ShouldBe(0, errors);
        output.ShouldContain("kt-1");
    }

    [Fact]
    public async Task The_TypeScript_client_lists_calls_reads_completes_and_is_told_errors()
    {
        var (exitCode, output, errors) = await McpNode.RunAsync(Cancel, "client.mjs", shop.Host.Endpoint.AbsoluteUri);

        exitCode.ShouldBe(0, errors);
        JsonNode.Parse(output)!.ToJsonString().ShouldBe(
            """
            {"server":"products","tools":["search_catalog","lookup_catalog","get_product","list_categories"],"found":["kb-1"],"again":["kb-3"],"isError":true,"near":["kb-1","kb-2","kb-3"],"unknownTool":-32602,"read":"Cast Iron Pan","unknownResource":-32602,"categories":9,"prompt":3,"brands":["Norden"]}
            """.Trim());
    }

    private Task<(int ExitCode, string Output, string Errors)> InspectAsync(params IReadOnlyList<string> arguments) =>
        McpNode.RunAsync(Cancel, ["node_modules/.bin/inspector", "--cli", shop.Host.Endpoint.AbsoluteUri, "--transport", "http", .. arguments]);
}
