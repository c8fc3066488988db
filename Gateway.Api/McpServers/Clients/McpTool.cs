using System.Text;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Gateway.Api.McpServers.Clients;

/// <summary>A tool of an MCP server, as a model and a caller are told of it.</summary>
internal sealed class McpTool(Tool tool)
{
    private static readonly byte[] NoAnnotations = [.. "{}"u8];

    public string Name => tool.Name;

    public string? Description => tool.Description ?? tool.Title;

    /// <summary>Its JSON schema.</summary>
    public byte[] InputSchema { get; } = Encoding.UTF8.GetBytes(tool.InputSchema.GetRawText());

    public byte[] Annotations { get; } = tool.Annotations is { } given ? JsonSerializer.SerializeToUtf8Bytes(given, McpJsonUtilities.DefaultOptions) : NoAnnotations;

    /// <summary>Whether the server says that it changes nothing.</summary>
    public bool IsReadOnly => tool.Annotations?.ReadOnlyHint == true;
}
