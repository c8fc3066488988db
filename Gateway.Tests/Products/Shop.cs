using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NJsonSchema;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Products;

/// <summary>The product server with a client of its own; every result is held against the schema that its tool has published.</summary>
public sealed class Shop : IAsyncLifetime
{
    private readonly Dictionary<string, JsonSchema> _schemas = [];

    public ProductsHost Host { get; private set; } = null!;

    public McpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await ProductsHost.StartAsync();
        Client = await Host.ConnectAsync(CancellationToken.None);
        foreach (var tool in await Client.ListToolsAsync())
        {
            _schemas.Add(tool.Name, await JsonSchema.FromJsonAsync(tool.ReturnJsonSchema!.Value.GetRawText()));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Host.DisposeAsync();
    }

    internal async Task<ToolReply> CallAsync(string tool, string arguments)
    {
        var request = new CallToolRequestParams { Name = tool, Arguments = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments) };
        var result = await Client.CallToolAsync(request, TestContext.Current.CancellationToken);
        var data = result.StructuredContent!.Value.GetRawText();
        _schemas[tool].Validate(data).ShouldBeEmpty(data);
        var text = result.Content.ShouldHaveSingleItem().ShouldBeOfType<TextContentBlock>().Text;
        text.ShouldNotBeNullOrWhiteSpace();
        return new ToolReply(JsonNode.Parse(data)!, text, result.IsError == true);
    }

    internal Task<ToolReply> SearchAsync(string catalog) => CallAsync("search_catalog", $$"""{"catalog":{{catalog}}}""");
}
