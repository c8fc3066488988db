using System.Net.Http.Headers;
using Gateway.Api.Access;
using Gateway.Benchmarks.Servers;
using StackExchange.Redis;

namespace Gateway.Benchmarks.Growth;

/// <summary>API keys of as many tenants, each with limits of its own, put where a gateway reads them when it starts.</summary>
internal static class ManyKeys
{
    private const int AtOnce = 200;

    // Never met, and decided for each request all the same.
    private static readonly KeyLimits Limits = new() { RequestsPerMinute = 10_000_000, TokensPerMinute = 1_000_000_000 };

    /// <returns>The keys.</returns>
    public static async Task<IReadOnlyList<string>> AddAsync(ServerProcess redis, int count)
    {
        await using var client = await ConnectionMultiplexer.ConnectAsync(redis.Address.Authority);
        var store = new RedisKeys(client);
        var secrets = Enumerable.Range(0, count).Select(_ => KeySecret.Create()).ToList();
        foreach (var some in secrets.Index().Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(key => store.TrySaveAsync(KeyOf(key.Index, key.Item), CancellationToken.None)));
        }

        return secrets;
    }

    /// <summary>Waits until the gateway has read them.</summary>
    public static async Task AreKnownAsync(ServerProcess gateway, IReadOnlyList<string> keys)
    {
        using var http = new HttpClient { BaseAddress = gateway.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", keys[^1]) } };
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            using var response = await http.GetAsync("/v1/models");
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            await tick.WaitForNextTickAsync();
        }
    }

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
}
