using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Access;
using Gateway.Api.Limits;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gateway.Tests.Limits;

/// <summary>Replicas of the gateway that share a real Redis, in front of an upstream that keeps books.</summary>
internal sealed class SharedGateways : IAsyncDisposable
{
    /// <summary>In nano-dollars a token.</summary>
    public const long InputPrice = 1_000;
    public const long OutputPrice = 20_000;

    private const string Target = "local/microsoft/Phi-3-mini-4k-instruct";

    private const int MostTries = 500;

    private readonly ServerProcess _redis;

    private SharedGateways(ServerProcess redis, BookkeepingUpstream upstream, IReadOnlyList<GatewayHost> replicas) =>
        (_redis, Upstream, Replicas) = (redis, upstream, replicas);

    public BookkeepingUpstream Upstream { get; }

    public IReadOnlyList<GatewayHost> Replicas { get; }

    public ServerProcess Redis => _redis;

    /// <param name="redis">Disposed of with the rest.</param>
    public static async Task<SharedGateways> StartAsync(ServerProcess redis, int count, params (string Key, string Value)[] settings)
    {
        var upstream = await BookkeepingUpstream.StartAsync();
        var replicas = new List<GatewayHost>();
        for (var i = 0; i < count; i++)
        {
            replicas.Add(await GatewayHost.StartAsync(
                upstream.Host,
                [
                    ("ConnectionStrings:redis", $"127.0.0.1:{redis.Port},asyncTimeout=30000"),
                    ($"Gateway:Prices:{Target}:Input", "1"), ($"Gateway:Prices:{Target}:Output", "20"),
                    .. settings,
                ]));
        }

        return new SharedGateways(redis, upstream, replicas);
    }

    /// <summary>A key that all replicas know.</summary>
    public async Task<(string Id, string Secret)> CreateKeyAsync(object body)
    {
        using var admin = Replicas[0].AdminClient();
        using var response = await admin.PostAsJsonAsync("/admin/keys", body);
        response.EnsureSuccessStatusCode();
        var key = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        var id = (string)key["id"]!;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Replicas.Any(replica => replica.Services.GetRequiredService<KeyStore>().Find(id) is null))
        {
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return (id, (string)key["key"]!);
    }

    /// <summary>What a key has spent, once nothing is held for it any more and it is that much; else what it is after a while.</summary>
    public async Task<long> SpentAsync(string id, long expected)
    {
        var services = Replicas[0].Services;
        var group = services.GetRequiredService<LimitScopes>().OfCaller(services.GetRequiredService<KeyStore>().Find(id)!)!;
        var free = group with { Scopes = [.. group.Scopes.Select(scope => scope with { RequestsPerMinute = 0, TokensPerMinute = 0, Concurrent = 0 })] };
        var store = services.GetRequiredService<ILimitStore>();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var tries = 0; ; tries++)
        {
            var probe = new Hold(free, tokens: 0, nanoUsd: 0);
            var verdict = await store.HoldAsync(probe);
            if (verdict.IsAdmitted)
            {
                store.Settle(probe, 0, 0);
            }

            if ((verdict is { IsAdmitted: true, BudgetHeld: 0 } && verdict.BudgetSpent == expected && !probe.IsLocal) || tries == MostTries)
            {
                return verdict.BudgetSpent;
            }

            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Holds of a tenant that nobody has given back after a while; settlements are sent behind the reply they are of.</summary>
    public async Task<long> HeldAsync(string tenant)
    {
        await using var client = await Tests.Redis.Clients.ConnectAsync(_redis.Port);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var tries = 0; ; tries++)
        {
            var held = await client.GetDatabase().SortedSetLengthAsync($"gateway:holds:{ScopeGroup.TenantPlace(tenant)}");
            if (held == 0 || tries == MostTries)
            {
                return held;
            }

            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in Replicas)
        {
            await replica.DisposeAsync();
        }

        await Upstream.DisposeAsync();
        await _redis.DisposeAsync();
    }
}
