using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Gateway.Api.Metering.Journal;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Proxies;
using Gateway.Benchmarks.Servers;
using ServiceDefaults.Usage;
using StackExchange.Redis;

namespace Gateway.Benchmarks.Metering;

/// <summary>A gateway with a journal on disk, and a Redis and a cost worker of its own that take in what it delivers.</summary>
internal sealed class MeteredGateway : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _client;
    private long _answered;

    private MeteredGateway(ServerProcess redis, ServerProcess worker, ConnectionMultiplexer client, ServerProcess gateway, string key, string script)
    {
        Redis = redis;
        Worker = worker;
        Key = key;
        _client = client;
        Candidate = new Candidate(gateway, script) { SettledAsync = DeliveredAsync };
    }

    public Candidate Candidate { get; }

    public ServerProcess Redis { get; }

    public ServerProcess Worker { get; }

    /// <summary>An API key of the gateway.</summary>
    public string Key { get; }

    /// <param name="settings">Further environment variables of the gateway.</param>
    /// <param name="newKey">What its API key is made of.</param>
    /// <param name="fillAsync">Puts into Redis what the gateway is to find there.</param>
    public static async Task<MeteredGateway> StartAsync(
        Uri upstream, JournalDurability durability, string folder, string? name = null, IReadOnlyDictionary<string, string>? settings = null, object? newKey = null,
        Func<ServerProcess, Task>? fillAsync = null)
    {
        string Below(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;

        var port = ServerProcess.FreePort();
        var redis = await ServerProcess.StartAsync("redis-server", port, new ProcessStartInfo(
            "redis-server", ["--port", port.ToString(CultureInfo.InvariantCulture), "--save", "", "--appendonly", "yes", "--dir", Below("redis")]));
        if (fillAsync is not null)
        {
            await fillAsync(redis);
        }

        var worker = await CostProcess.StartAsync(Below("cost"), port);
        var (gateway, key) = await GatewayProcess.StartAsync(
            upstream,
            name ?? durability.ToString(),
            new Dictionary<string, string>(settings ?? ImmutableDictionary<string, string>.Empty)
            {
                ["ConnectionStrings__redis"] = $"127.0.0.1:{port}",
                ["Data__Directory"] = Below("gateway"),
                ["Journal__Durability"] = durability.ToString(),
            },
            newKey);
        return new MeteredGateway(redis, worker, await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port}"), gateway, key, Wrk.WriteScript(folder, key));
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        Candidate.Server.Dispose();
        Worker.Dispose();
        Redis.Dispose();
    }

    private async Task DeliveredAsync(long answered)
    {
        _answered += answered;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while ((await _client.GetDatabase().HashGetAllAsync(UsageTransport.Kept)).Sum(entry => (long)entry.Value) < _answered)
        {
            await tick.WaitForNextTickAsync();
        }
    }
}
