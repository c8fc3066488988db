using Microsoft.Extensions.DependencyInjection.Extensions;
using ModelContextProtocol.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Binds an MCP server to HTTP.</summary>
public static class HttpMcpServerBuilderExtensions
{
    /// <summary>Adds what <see cref="AspNetCore.Builder.McpEndpointRouteBuilderExtensions.MapMcp"/> needs to serve MCP over Streamable HTTP.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="configureOptions">Configures the transport.</param>
    public static IMcpServerBuilder WithHttpTransport(this IMcpServerBuilder builder, Action<HttpServerTransportOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<StreamableHttpHandler>();
        if (configureOptions is not null)
        {
            builder.Services.Configure(configureOptions);
        }

        return builder;
    }
}
