using Gateway.Api.Configuration.Changes;
using Gateway.Tests.Redis;
using StackExchange.Redis;

namespace Gateway.Tests.Configuration.Changes;

public abstract class SharedConfigurationHistoryConformance(ServerFixture server) : ConfigurationHistoryConformance, IAsyncDisposable
{
    private readonly List<IConnectionMultiplexer> _connections = [];

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    // The tests of a class share a server, and come one after the other.
    private protected override async Task<IConfigurationHistory> OpenAsync()
    {
        _connections.Add(await Redis.Clients.ConnectAsync(server.Port));
        await _connections[^1].GetDatabase().KeyDeleteAsync(RedisConfigurationHistory.List);
        return new RedisConfigurationHistory(_connections[^1]);
    }
}
