using Gateway.Tests.Hosts;
using Gateway.Tests.Ledger;
using Gateway.Tests.Redis;
using ServiceDefaults.Usage;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Cost;

/// <summary>A real Redis over which usage comes in as gateways deliver it, and a folder for the worker that takes it.</summary>
internal sealed class DeliveredUsage : IAsyncDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("delivered-usage-").FullName;
    private readonly ConnectionMultiplexer _redis;

    private DeliveredUsage(ServerProcess server, ConnectionMultiplexer redis, StoppedClock clock) => (Server, _redis, Clock) = (server, redis, clock);

    public ServerProcess Server { get; }

    /// <summary>The worker's.</summary>
    public StoppedClock Clock { get; }

    public static async Task<DeliveredUsage> StartAsync(DateTimeOffset now)
    {
        var server = await RedisServers.StartRedisAsync();
        return new DeliveredUsage(server, await Redis.Clients.ConnectAsync(server.Port), new StoppedClock(now));
    }

    public Task<CostHost> StartWorkerAsync(params (string Key, string Value)[] settings) => CostHost.StartAsync(_data, Server.Port, Clock, settings);

    /// <summary>Returns when all events up to the last are acknowledged.</summary>
    /// <param name="journal">Whose they are.</param>
    /// <param name="batch">How many come at once.</param>
    /// <param name="make">Makes each of a usual one.</param>
    /// <param name="last">The number of the last; that of one batch where not said.</param>
    public Task DeliverAsync(string journal, int batch, Func<UsageEvent, UsageEvent> make, long? last = null) =>
        new Pusher(_redis, journal, batch, number => make(Events.One(journal, number))).DeliverAsync(last ?? batch, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await Server.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
