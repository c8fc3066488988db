using Gateway.Api.Access;
using Gateway.Tests.Redis;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Access;

public abstract class RedisKeysConformance(ServerFixture server) : KeyRepositoryConformance, IAsyncDisposable
{
    private readonly List<IConnectionMultiplexer> _connections = [];

    [Fact]
    public async Task A_change_is_told_to_whoever_listens()
    {
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var repository = await OpenAsync();
        var key = Key() with { Version = 1 };
        await _connections[0].GetSubscriber().SubscribeAsync(RedisKeys.Changes, (_, id) => told.TrySetResult(id!));

        await repository.TrySaveAsync(key, Token);

        (await told.Task.WaitAsync(Redis.Clients.Soon, TimeProvider.System, Token)).ShouldBe(key.Id);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private protected override async Task<IKeyRepository> OpenAsync()
    {
        _connections.Add(await Redis.Clients.ConnectAsync(server.Port));
        return new RedisKeys(_connections[^1]);
    }
}
