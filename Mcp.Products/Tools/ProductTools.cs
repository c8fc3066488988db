using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Mcp.Products.Tools;

/// <summary>The tools by their names.</summary>
internal sealed class ProductTools(IEnumerable<IProductTool> tools)
{
    // What there is changes with the program only.
    private static readonly TimeSpan ListTimeToLive = TimeSpan.FromHours(1);

    private readonly Dictionary<string, IProductTool> _tools = tools.ToDictionary(tool => tool.Definition.Name, StringComparer.Ordinal);

    public ListToolsResult List() =>
        new() { Tools = [.. _tools.Values.Select(tool => tool.Definition)], TimeToLive = ListTimeToLive, CacheScope = CacheScope.Public };

    /// <exception cref="McpProtocolException">There is no such tool.</exception>
    public ValueTask<CallToolResult> CallAsync(CallToolRequestParams request, CancellationToken cancellationToken) =>
        _tools.TryGetValue(request.Name, out var tool)
            ? tool.CallAsync(request.Arguments, cancellationToken)
            : throw new McpProtocolException($"There is no tool '{Shorten(request.Name)}'. There are: {string.Join(", ", _tools.Keys)}.", McpErrorCode.InvalidParams);

    private static string Shorten(string name) => name.Length <= 64 ? name : $"{name[..64]}…";
}
