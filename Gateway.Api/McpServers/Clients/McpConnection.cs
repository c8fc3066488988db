using Gateway.Api.Providers;
using ModelContextProtocol.Client;

namespace Gateway.Api.McpServers.Clients;

/// <summary>The way to one MCP server, opened at its first use and again where it has ended.</summary>
internal sealed class McpConnection : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly TimeProvider _time;
    private McpClient? _client;

    public McpConnection(Uri address, int maxReplyBytes, TimeSpan connectTimeout, TimeProvider time)
    {
        (Address, MaxReplyBytes, _time) = (address, maxReplyBytes, time);
        var handler = UpstreamHttp.NewHandler(address, connectTimeout, propagatesTrace: true);
        _http = new HttpClient(new BoundedReplies(maxReplyBytes, new CallCredential(handler))) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public Uri Address { get; }

    public int MaxReplyBytes { get; }

    public async ValueTask<McpClient> OpenAsync(CancellationToken cancellationToken)
    {
        if (_client is { Completion.IsCompleted: false } open)
        {
            return open;
        }

        await _connecting.WaitAsync(cancellationToken);
        try
        {
            return _client is { Completion.IsCompleted: false } opened ? opened : _client = await ConnectAsync(cancellationToken);
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>Has the next call connect anew: a server that was started again knows no session of before.</summary>
    public void Forget(McpClient client) => Interlocked.CompareExchange(ref _client, null, client);

    public async ValueTask DisposeAsync()
    {
        if (_client is { } client)
        {
            await client.DisposeAsync();
        }

        _connecting.Dispose();
        _http.Dispose();
    }

    private async Task<McpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        // Nothing is taken but replies: no stream of its own for what a server may have to say.
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions { Endpoint = Address, TransportMode = HttpTransportMode.StreamableHttp, EnableStandaloneGetStream = false, MaxReconnectionAttempts = 0 }, _http);
        return await McpClient.CreateAsync(transport, new McpClientOptions { TimeProvider = _time }, cancellationToken: cancellationToken);
    }
}
