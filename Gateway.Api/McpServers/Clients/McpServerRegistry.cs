using System.Collections.Concurrent;
using Gateway.Api.Configuration;
using Gateway.Api.Secrets;

namespace Gateway.Api.McpServers.Clients;

/// <summary>The MCP servers that the configuration names: the only ones that the gateway ever calls.</summary>
internal sealed class McpServerRegistry(LiveConfiguration configuration, IConfiguration addresses, SecretStore secrets, TimeProvider time, ILogger<McpServer> logger) : IAsyncDisposable
{
    private const string Path = "mcp/";
    private const string Gateway = "gateway/";

    private readonly ConcurrentDictionary<string, McpServer> _servers = new(StringComparer.Ordinal);

    /// <summary>How requests name them, for whoever got one wrong.</summary>
    public string Names => configuration.Current.McpServers.Count == 0 ? "none" : string.Join(", ", configuration.Current.McpServers.Keys.Order(StringComparer.Ordinal).Select(name => $"{Gateway}{Path}{name}"));

    public McpServer? Find(string name) =>
        configuration.Current.McpServers.ContainsKey(name)
            ? _servers.GetOrAdd(name, static (name, of) => new McpServer(name, of.configuration, of.addresses, of.secrets, of.time, of.logger), (configuration, addresses, secrets, time, logger))
            : null;

    /// <summary>
    /// The server that a request means by <c>gateway/mcp/NAME</c>, by that path at the host that it was sent to, or by the very address of the registry; null
    /// where it means none. No address of a request is ever called.
    /// </summary>
    public McpServer? Resolve(string url, HostString host)
    {
        var names = configuration.Current.McpServers;
        if (names.Keys.FirstOrDefault(name => names[name].Url == url) is { } exact)
        {
            return Find(exact);
        }

        var local = url.StartsWith(Gateway, StringComparison.Ordinal) ? url[Gateway.Length..]
            : Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Authority == host.Value ? address.AbsolutePath.TrimStart('/')
            : "";
        return local.StartsWith(Path, StringComparison.Ordinal) ? Find(local[Path.Length..]) : null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
