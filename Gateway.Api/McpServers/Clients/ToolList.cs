namespace Gateway.Api.McpServers.Clients;

/// <summary>The tools of a server, and until when they hold.</summary>
/// <param name="Tools">In the server's order.</param>
/// <param name="Until">In UTC.</param>
internal sealed record ToolList(IReadOnlyList<McpTool> Tools, DateTimeOffset Until);
