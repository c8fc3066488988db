using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Usage;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Metering;

/// <summary>A gateway in front of an upstream that a test scripts, and the usage events that it delivers to a real Redis.</summary>
public sealed class MeteredGateway : IAsyncLifetime
{
    public const string Target = "local/microsoft/Phi-3-mini-4k-instruct";

    /// <summary>What the gateway sends its upstream as its credential.</summary>
    public const string ProviderKey = "sk-of-the-gateway";

    /// <summary>A model of the upstream's that no alias has, for what is passed through.</summary>
    public const string PricedModel = "transcriber";

    public const int MaxPassThroughBytes = 64 * 1024;

    private readonly Dictionary<string, RequestDelegate> _scripts = [];
    private readonly Dictionary<string, UsageEvent> _events = [];
    private ServerProcess _redis = null!;
    private ScriptedUpstream _upstream = null!;
    private ConnectionMultiplexer _client = null!;

    public GatewayHost Gateway { get; private set; } = null!;

    public string Key { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServers.StartRedisAsync();
        _client = await Redis.Clients.ConnectAsync(_redis.Port);
        _upstream = await ScriptedUpstream.StartAsync(context => ScriptOf(context.Request.Headers["x-request-id"].ToString())(context));
        Gateway = await GatewayHost.StartAsync(
            _upstream,
            ("ConnectionStrings:redis", $"127.0.0.1:{_redis.Port}"),
            ($"Gateway:Prices:{Target}:Input", "0.25"),
            ($"Gateway:Prices:{Target}:Output", "1.25"),
            ($"Gateway:Prices:{Target}:CachedInput", "0.03"),
            ($"Gateway:Prices:{Target}:Batch", "0.5"),
            ("Gateway:Providers:local:ApiKey", "env:LOCAL_KEY"),
            ("LOCAL_KEY", ProviderKey),
            ("Gateway:PassThrough", "local"),
            ("Gateway:Limits:MaxPassThroughBytes", $"{MaxPassThroughBytes}"),
            ($"Gateway:Prices:local/{PricedModel}:Input", "2.50"),
            ($"Gateway:Prices:local/{PricedModel}:Output", "10"),
            ("Gateway:Models:unpriced:Targets:0:Provider", "local"),
            ("Gateway:Models:unpriced:Targets:0:Model", "unpriced"),
            ("Gateway:Providers:plain:Type", "OpenAI"),
            ("Gateway:Providers:plain:BaseUrl", new Uri(_upstream.Address, "v1").AbsoluteUri),
            ("Gateway:Providers:plain:StreamOptions", "false"),
            ("Gateway:Models:plain:Targets:0:Provider", "plain"),
            ("Gateway:Models:plain:Targets:0:Model", "plain"),
            ("Gateway:Models:tested:Targets:0:Provider", "local"),
            ("Gateway:Models:tested:Targets:0:Model", "tested"),
            ("Gateway:Experiments:e:Alias", "tested"),
            ("Gateway:Experiments:e:Variants:control:Weight", "0"),
            ("Gateway:Experiments:e:Variants:b:Weight", "1"));
        Key = await Gateway.CreateKeyAsync(new { name = "metered", tenant = "acme", user = "ann" });
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _upstream.DisposeAsync();
        await _client.DisposeAsync();
        await _redis.DisposeAsync();
    }

    /// <summary>Has the upstream answer the request of this id with the script.</summary>
    public void Script(string requestId, RequestDelegate script)
    {
        lock (_scripts)
        {
            _scripts[requestId] = script;
        }
    }

    /// <summary>The event of a request; waits for it where its caller did not.</summary>
    public async Task<UsageEvent> EventOfAsync(string requestId)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        do
        {
            var batch = await _client.GetDatabase().ListRightPopAsync(UsageTransport.Waiting);
            lock (_events)
            {
                foreach (var usage in batch.IsNull ? [] : UsageBatch.Read((byte[])batch!).Events)
                {
                    // Nobody acknowledges here, so the gateway delivers again.
                    _events[usage.RequestId] = usage;
                }

                if (_events.TryGetValue(requestId, out var found))
                {
                    return found;
                }
            }
        }
        while (await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken));
        throw new InvalidOperationException("The timer never ends.");
    }

    private RequestDelegate ScriptOf(string requestId)
    {
        lock (_scripts)
        {
            return _scripts[requestId];
        }
    }
}
