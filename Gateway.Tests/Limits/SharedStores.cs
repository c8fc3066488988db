using System.Diagnostics.Metrics;
using Gateway.Api.Configuration;
using Gateway.Api.Limits;
using Gateway.Api.Limits.Shared;
using Gateway.Tests.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Gateway.Tests.Limits;

/// <summary>What gateways count limits with, one for each, on one server and by one clock.</summary>
internal sealed class SharedStores(ServerFixture server, TimeProvider time) : IAsyncDisposable
{
    private ConnectionMultiplexer? _client;

    public async Task<RedisLimits> NewAsync()
    {
        _client ??= await Tests.Redis.Clients.ConnectAsync(server.Port);
        var live = new LiveConfiguration(new ConfigurationBuilder().Build(), NullLogger<LiveConfiguration>.Instance);
        var limits = new RedisLimits(_client, live, new LimitMetrics(new Meters()), time, NullLogger<RedisLimits>.Instance);
        limits.CameBack(replicas: 1);
        return limits;
    }

    /// <summary>How many holds a place has, a lease being one.</summary>
    public async Task<long> HeldAsync(ScopeGroup group) => await _client!.GetDatabase().SortedSetLengthAsync($"gateway:holds:{group.Place}");

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }
    }

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
