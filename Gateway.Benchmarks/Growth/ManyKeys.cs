using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Access;
using Gateway.Benchmarks.Servers;
using StackExchange.Redis;

namespace Gateway.Benchmarks.Growth;

/// <summary>API keys of as many tenants, each with limits of its own, put into the store that a gateway reads.</summary>
internal sealed class ManyKeys(ServerProcess gateway, ServerProcess redis) : IAsyncDisposable
{
    private const int AtOnce = 200;

    // Never met, and decided for each request all the same.
    private static readonly KeyLimits Limits = new() { RequestsPerMinute = 10_000_000, TokensPerMinute = 1_000_000_000 };

    private readonly ConnectionMultiplexer _client = ConnectionMultiplexer.Connect(redis.Address.Authority);
    private readonly List<string> _secrets = [];

    /// <summary>Adds as many as are missing, and waits until the gateway knows them all.</summary>
    public async Task<IReadOnlyList<string>> GrowToAsync(int count)
    {
        var before = await KnownAsync();
        var store = new RedisKeys(_client);
        var added = Enumerable.Range(_secrets.Count, count - _secrets.Count).Select(number => (Number: number, Secret: KeySecret.Create())).ToList();
        foreach (var some in added.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(key => store.TrySaveAsync(KeyOf(key.Number, key.Secret), CancellationToken.None)));
        }

        _secrets.AddRange(added.Select(key => key.Secret));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await KnownAsync() < before + added.Count)
        {
            await tick.WaitForNextTickAsync();
        }

        return _secrets;
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static ApiKey KeyOf(int number, string secret) => new()
    {
        Id = $"key_benchmark_{number}",
        Hash = KeyHash.Of(secret).ToString(),
        Prefix = KeySecret.Shorten(secret),
        Version = 1,
        Name = $"benchmark {number}",
        Tenant = $"tenant-{number}",
        Limits = Limits,
        CreatedAt = TimeProvider.System.GetUtcNow(),
    };

    private async Task<int> KnownAsync()
    {
        using var http = GatewayProcess.AdminOf(gateway);
        return (int)(await http.GetFromJsonAsync<JsonObject>("/admin/keys?limit=1"))!["total"]!;
    }
}
