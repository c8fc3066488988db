using Xunit;

namespace Gateway.Tests.Redis;

/// <summary>One server for all tests of a class; each test has keys of its own.</summary>
public abstract class ServerFixture : IAsyncLifetime
{
    private ServerProcess? _server;

    public int Port => _server!.Port;

    public async ValueTask InitializeAsync() => _server = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>One more server, for a test that kills it.</summary>
    public abstract Task<ServerProcess> StartAsync();
}
