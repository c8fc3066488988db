using System.Net.Http.Headers;
using System.Text.Json;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using Gateway.Api.Secrets;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ServiceDefaults.Network;

namespace Gateway.Api.McpServers.Clients;

/// <summary>An MCP server of the registry: what tools it has, and calls of them.</summary>
internal sealed partial class McpServer(string name, LiveConfiguration configuration, IConfiguration addresses, SecretStore secrets, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const string Endpoint = "/mcp";

    /// <summary>A list that goes on for longer is none.</summary>
    private const int MostPages = 20;

    // Of servers that say nothing of it, as none did before the revision of 2026-07-28.
    private static readonly TimeSpan UnstatedTimeToLive = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestTimeToLive = TimeSpan.FromHours(1);

    private readonly Lock _changes = new();
    private McpConnection? _connection;
    private volatile ToolList? _tools;

    public string Name => name;

    public McpServerOptions Options => configuration.Current.McpServers.GetValueOrDefault(name) ?? new McpServerOptions();

    /// <summary>Where it is; null where that is not known.</summary>
    public Uri? Address =>
        Options.Url is { Length: > 0 } url ? new Uri(url)
        : addresses[$"services:{name}:http:0"] is { Length: > 0 } address ? new Uri(address.TrimEnd('/') + Endpoint)
        : null;

    /// <summary>Its tools, from memory for as long as the server allows.</summary>
    /// <exception cref="McpServerException">It did not tell them.</exception>
    public async ValueTask<IReadOnlyList<McpTool>> ListAsync(GatewayRequest request)
    {
        if (_tools is { } known && known.Until > time.GetUtcNow())
        {
            return known.Tools;
        }

        try
        {
            return await RunAsync(request, ListAsync, request.Cancelled);
        }
        catch (McpServerException failure) when (_tools is { } old)
        {
            LogOldList(name, failure.Message);
            return old.Tools;
        }
    }

    /// <exception cref="McpServerException">It did not answer, or not properly. What a tool itself says to be wrong is a result.</exception>
    /// <exception cref="OperationCanceledException">Because of <paramref name="cancellationToken"/>.</exception>
    public Task<CallToolResult> CallAsync(GatewayRequest request, string tool, IDictionary<string, JsonElement> arguments, CancellationToken cancellationToken) =>
        RunAsync(request, (client, cancelled) => client.CallToolAsync(new CallToolRequestParams { Name = tool, Arguments = arguments }, cancelled).AsTask(), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<IReadOnlyList<McpTool>> ListAsync(McpClient client, CancellationToken cancellationToken)
    {
        var tools = new List<McpTool>();
        var timeToLive = LongestTimeToLive;
        var isPublic = true;
        var page = new ListToolsRequestParams();
        for (var pages = 0; pages < MostPages; pages++)
        {
            var result = await client.ListToolsAsync(page, cancellationToken);
            tools.AddRange(result.Tools.Select(tool => new McpTool(tool)));
            timeToLive = Least(timeToLive, result.TimeToLive ?? UnstatedTimeToLive);
            isPublic &= result.CacheScope != CacheScope.Private;
            if (string.IsNullOrEmpty(result.NextCursor))
            {
                break;
            }

            page = new ListToolsRequestParams { Cursor = result.NextCursor };
        }

        // What one caller may see is no other's to be told.
        if (isPublic || !Options.ForwardCallerKey)
        {
            _tools = new ToolList(tools, time.GetUtcNow() + timeToLive);
        }

        return tools;
    }

    private async Task<T> RunAsync<T>(GatewayRequest request, Func<McpClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var options = Options;
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var connection = ConnectionNow(options);
        McpClient? client = null;
        try
        {
            CallCredential.Set(CredentialOf(request, options));
            client = await connection.OpenAsync(either.Token).AsTask().WaitAsync(either.Token);
            return await call(client, either.Token).WaitAsync(either.Token);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure is not McpServerException)
        {
            // Of all that a foreign server can bring up: for the caller and the model it is the server that failed, and the log says how.
            if (client is not null && failure is not (McpProtocolException or OperationCanceledException))
            {
                connection.Forget(client);
            }

            var reason = limit.IsCancellationRequested ? $"it did not answer within {options.TimeoutSeconds:0.#} s" : ReasonOf(failure);
            LogFailed(failure, name, reason);
            throw new McpServerException($"The MCP server '{name}' failed: {reason}.", failure);
        }
    }

    private McpConnection ConnectionNow(McpServerOptions options)
    {
        var address = Address ?? throw new McpServerException($"The MCP server '{name}' has no address; its operator has to set Gateway:McpServers:{name}:Url, or start it through the AppHost.");
        lock (_changes)
        {
            if (_connection is { } open && open.Address == address && open.MaxReplyBytes == options.MaxReplyBytes)
            {
                return open;
            }

            _ = _connection?.DisposeAsync().AsTask();
            _tools = null;
            return _connection = new McpConnection(address, options.MaxReplyBytes, TimeSpan.FromSeconds(configuration.Current.Limits.ConnectTimeoutSeconds), time);
        }
    }

    private AuthenticationHeaderValue? CredentialOf(GatewayRequest request, McpServerOptions options) =>
        secrets.Find(options.ApiKey) is { } own ? own.Bearer
        : options.ForwardCallerKey && BearerAuthentication.TokenOf(request.Http.Request) is { Length: > 0 } key ? new AuthenticationHeaderValue(BearerAuthentication.Scheme, key)
        : null;

    private static string ReasonOf(Exception failure) => failure switch
    {
        McpProtocolException or IOException => failure.Message.TrimEnd('.'),
        HttpRequestException { StatusCode: { } status } => $"it answered with HTTP {(int)status}",
        _ when failure.IsOfNetwork() => "it cannot be reached",
        _ => "what it answered cannot be read",
    };

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    [LoggerMessage(LogLevel.Warning, "The MCP server {Server} failed: {Reason}")]
    private partial void LogFailed(Exception failure, string server, string reason);

    [LoggerMessage(LogLevel.Warning, "The MCP server {Server} does not tell its tools ({Reason}); those known last are offered.")]
    private partial void LogOldList(string server, string reason);
}
