using Gateway.Api.Experiments.Tallies;
using Gateway.Tests.Redis;
using StackExchange.Redis;
using Xunit;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Experiments.Tallies;

public sealed class GarnetTalliesTests(GarnetFixture garnet) : TallyStoreConformance, IClassFixture<GarnetFixture>, IAsyncLifetime
{
    private ConnectionMultiplexer _connection = null!;

    public async ValueTask InitializeAsync() => _connection = await RedisClients.ConnectAsync(garnet.Port);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private protected override Task<ITallyStore> OpenAsync() => Task.FromResult<ITallyStore>(new RedisTallies(_connection));
}
