namespace ModelContextProtocol.AspNetCore;

/// <summary>How an MCP server is bound to HTTP; see <see cref="Microsoft.AspNetCore.Builder.McpEndpointRouteBuilderExtensions.MapMcp"/>.</summary>
public class HttpServerTransportOptions
{
    /// <summary>
    /// Whether each request stands for itself, so that any replica can answer it. Default: true. Sessions are not supported here: false is refused when the
    /// endpoint is mapped.
    /// </summary>
    public bool Stateless { get; set; } = true;
}
