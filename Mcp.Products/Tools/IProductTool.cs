using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Mcp.Products.Tools;

/// <summary>One tool: how it is described, and what it does.</summary>
internal interface IProductTool
{
    Tool Definition { get; }

    ValueTask<CallToolResult> CallAsync(IDictionary<string, JsonElement>? arguments, CancellationToken cancellationToken);
}
