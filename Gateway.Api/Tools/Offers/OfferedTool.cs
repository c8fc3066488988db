using Gateway.Api.McpServers.Clients;

namespace Gateway.Api.Tools.Offers;

/// <summary>A tool of an MCP server that a request offers to its model.</summary>
/// <param name="Function">What the model calls it: <c>label__tool</c>.</param>
/// <param name="Label">What the caller calls the server.</param>
/// <param name="Server">Whose it is.</param>
/// <param name="Tool">The tool.</param>
/// <param name="RunsByItself">Whether the gateway calls it without asking; else its calls go back to the caller.</param>
internal sealed record OfferedTool(string Function, string Label, McpServer Server, McpTool Tool, bool RunsByItself);
