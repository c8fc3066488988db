namespace Gateway.Api.McpServers.Clients;

/// <summary>An MCP server did not do what it was asked for.</summary>
/// <param name="message">What happened, in words for callers and models.</param>
/// <param name="cause">What brought it up.</param>
internal sealed class McpServerException(string message, Exception? cause = null) : Exception(message, cause);
