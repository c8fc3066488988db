using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Limits;

/// <summary>Random requests at once against random limits, on replicas that share one Redis; the upstream's books are the judge.</summary>
public sealed class OvershootTests
{
    private const int QuickRequests = 1000;
    private const int LongRequests = 50_000;
    private const int Callers = 48;
    private const int Keys = 6;
    private const int MostOutput = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [Trait("Requirement", "G5.1")]
    public async Task No_limit_and_no_budget_is_overshot_on_redis_server(int replicas) => await RunAsync(await RedisServers.StartRedisAsync(), replicas, QuickRequests);

    [Fact]
    public async Task No_limit_and_no_budget_is_overshot_on_Garnet() => await RunAsync(await RedisServers.StartGarnetAsync(), replicas: 2, QuickRequests);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [Trait("Suite", "long")]
    public async Task None_is_in_fifty_thousand_requests_on_redis_server(int replicas) => await RunAsync(await RedisServers.StartRedisAsync(), replicas, LongRequests);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [Trait("Suite", "long")]
    public async Task None_is_in_fifty_thousand_requests_on_Garnet(int replicas) => await RunAsync(await RedisServers.StartGarnetAsync(), replicas, LongRequests);

    private static async Task RunAsync(ServerProcess redis, int replicas, int requests)
    {
        // On a busy machine a server may be silent for a while; limits that are kept without it are another test's.
        await using var system = await SharedGateways.StartAsync(redis, replicas, ("Gateway:Limits:RedisTimeoutSeconds", "30"));
        system.Upstream.Pause = async () => await Task.Yield();
        var random = new Random(requests + replicas);
        var limits = new List<LimitedKey>();
        for (var i = 0; i < Keys; i++)
        {
            limits.Add(await LimitedKey.CreateAsync(system, $"key{i}", random, requests / Keys));
        }

        var clients = limits.SelectMany(_ => system.Replicas, (key, replica) => (Key: key, Http: replica.ClientWith(key.Secret))).ToList();
        var left = requests;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var (key, http) = clients[Random.Shared.Next(clients.Count)];
                using var response = await LimitedGateway.AskAsync(http, maxTokens: Random.Shared.Next(1, MostOutput), user: key.Name);
                key.Count((int)response.StatusCode);
            }
        })));

        system.Replicas.SelectMany(replica => replica.Log.Lines).ShouldNotContain(line => line.Message.StartsWith("Limits cannot be looked up", StringComparison.Ordinal));
        foreach (var key in limits)
        {
            await key.JudgeAsync(system);
        }

        clients.ForEach(client => client.Http.Dispose());
    }
}
