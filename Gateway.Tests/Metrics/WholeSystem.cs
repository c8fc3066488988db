using System.Diagnostics.Metrics;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Telemetry;
using Xunit;

namespace Gateway.Tests.Metrics;

/// <summary>Gateway, product server and cost worker on one Redis, and what instruments they have.</summary>
public sealed class WholeSystem : IAsyncLifetime
{
    private static readonly string[] Meters = [TelemetryNames.Gateway, TelemetryNames.CostWorker, "ServiceDefaults"];

    private readonly string _data = Directory.CreateTempSubdirectory("observed-").FullName;
    private ServerProcess _redis = null!;
    private ModelHost _model = null!;
    private LoopbackHost[] _services = [];

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServers.StartRedisAsync();
        _model = await ModelHost.StartAsync();
        var gateway = await GatewayHost.StartAsync(_model, ("ConnectionStrings:redis", $"127.0.0.1:{_redis.Port}"), ("Data:Directory", Path.Combine(_data, "gateway")));
        var products = await ProductsHost.StartAsync();
        _services = [gateway, products, await CostHost.StartAsync(_data, _redis.Port)];

        // The MCP SDK makes its instruments with the first session.
        await using var client = await products.ConnectAsync(TestContext.Current.CancellationToken);
        await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
        {
            await service.DisposeAsync();
        }

        await _model.DisposeAsync();
        await _redis.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>The names of all metrics that Prometheus finds.</summary>
    internal async Task<HashSet<string>> FamiliesAsync(CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in _services)
        {
            names.UnionWith((await Scrape.OfAsync(service.Http, cancellationToken)).Families.Keys);
        }

        return names;
    }

    /// <summary>What each service answers Prometheus with.</summary>
    internal Task<string[]> TextsAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_services.Select(service => service.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancellationToken)));

    /// <summary>The product's own instruments: <c>gateway.attempts | counter | {attempt}</c>.</summary>
    internal IReadOnlyCollection<string> Instruments()
    {
        var factories = _services.Select(service => service.Services.GetRequiredService<IMeterFactory>()).ToArray();
        var found = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (Meters.Contains(instrument.Meter.Name) && factories.Contains(instrument.Meter.Scope))
                {
                    found.Add($"{instrument.Name} | {KindOf(instrument)} | {instrument.Unit}");
                }
            },
        };
        listener.Start();
        return found;
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Histogram" => "histogram",
        "Counter" or "ObservableCounter" => "counter",
        _ => "gauge",
    };
}
