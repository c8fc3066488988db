using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoint of an MCP server.</summary>
public static class McpEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves MCP over Streamable HTTP: POST only, as nothing is sent that was not asked for; routing answers GET and DELETE with 405.
    /// </summary>
    /// <param name="endpoints">Where to map it.</param>
    /// <param name="pattern">The route.</param>
    /// <returns>For further conventions, such as authorization.</returns>
    /// <exception cref="InvalidOperationException">
    /// <see cref="HttpMcpServerBuilderExtensions.WithHttpTransport"/> was not called, or asked for sessions.
    /// </exception>
    public static IEndpointConventionBuilder MapMcp(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var handler = endpoints.ServiceProvider.GetService<StreamableHttpHandler>()
            ?? throw new InvalidOperationException("MapMcp needs builder.Services.AddMcpServer().WithHttpTransport() before it.");
        if (!endpoints.ServiceProvider.GetRequiredService<IOptions<HttpServerTransportOptions>>().Value.Stateless)
        {
            throw new InvalidOperationException("Sessions are not supported here: leave HttpServerTransportOptions.Stateless at true.");
        }

        return endpoints.MapPost(pattern, handler.HandleAsync).WithDisplayName("MCP").WithMetadata(new AcceptsMetadata(["application/json"]));
    }
}
