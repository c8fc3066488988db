using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Caching;

[Trait("Requirement", "G4.1")]
public sealed class CacheMetricsTests
{
    private const string Alias = "counted-by-the-cache";

    [Fact]
    public async Task Hits_misses_and_what_they_save_are_counted_by_alias()
    {
        var results = new ConcurrentQueue<string>();
        var saved = new ConcurrentQueue<double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name is "gateway.cache.requests" or "gateway.cache.saved_cost")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (TagOf(tags, "gateway.alias") == Alias)
            {
                results.Enqueue(TagOf(tags, "gateway.cache.result")!);
            }
        });
        listener.SetMeasurementEventCallback<double>((_, usd, tags, _) =>
        {
            if (TagOf(tags, "gateway.alias") == Alias)
            {
                saved.Enqueue(usd);
            }
        });
        listener.Start();
        await using var system = await CachedGateway.StartAsync(
            ($"Gateway:Models:{Alias}:Targets:0:Provider", "local"), ($"Gateway:Models:{Alias}:Targets:0:Model", "microsoft/Phi-3-mini-4k-instruct"));
        var body = CachedGateway.Chat().Replace(CachedGateway.Model, Alias, StringComparison.Ordinal);
        await system.AskAsync(body);
        await system.AskAsync(body);
        await system.AskAsync(body, ("x-gateway-cache", "off"));

        results.ShouldBe(["miss", "hit", "bypass"]);
        saved.ShouldBe([0.000023]);
    }

    private static string? TagOf(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
            {
                return (string?)value;
            }
        }

        return null;
    }
}
