using System.Globalization;
using BenchmarkDotNet.Attributes;
using Gateway.Api.Configuration;
using Gateway.Api.Metering;
using Gateway.Api.Providers;
using Gateway.Api.Providers.OpenAI;
using Gateway.Api.Routing;
using Gateway.Api.Routing.Policies;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceDefaults.Usage;

namespace Gateway.Benchmarks.Micro;

/// <summary>What putting 20 targets into the order in which a request is to try them costs, by policy; each target was seen before.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class RoutingPolicyBenchmarks
{
    private const int Count = 20;

    private readonly List<Target> _targets = [];
    private IRoutingPolicy _policy = null!;

    [Params(RoutingPolicies.Priority, RoutingPolicies.Weighted, RoutingPolicies.LeastLatency, RoutingPolicies.LowestCost, RoutingPolicies.Balanced)]
    public string Policy { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(20_261_121);
        var provider = new OpenAIProvider("provider", new ProviderSettings(new Uri("http://localhost/v1"), null, TimeSpan.FromSeconds(1), AsksForUsage: true, PropagatesTrace: false));
        var estimator = new TokenEstimator();
        var prices = new Dictionary<string, string?>();
        for (var i = 0; i < Count; i++)
        {
            var target = new Target(provider, $"vendor.some-model-20261121-v{i}", new TargetHealth(TimeProvider.System)) { Weight = 1 + random.Next(5) };
            target.Health.Load.Streamed(random.NextDouble(), random.NextDouble() * 5, 200);
            estimator.Learn(target.Name, 4_000, 1_000, new UsageTokens(900 + random.Next(200), 0, 0, 250));
            prices[$"Gateway:Prices:{target.Name}:Input"] = random.NextDouble().ToString(CultureInfo.InvariantCulture);
            prices[$"Gateway:Prices:{target.Name}:Output"] = random.NextDouble().ToString(CultureInfo.InvariantCulture);
            _targets.Add(target);
        }

        var configuration = new LiveConfiguration(new ConfigurationBuilder().AddInMemoryCollection(prices).Build(), NullLogger<LiveConfiguration>.Instance);
        _policy = new PolicyFactory(new ExpectedCost(configuration, estimator, TimeProvider.System), Random.Shared).Of(new ModelOptions { Policy = Policy });
    }

    [Benchmark]
    public object Order() => _policy.Order(_targets, new Demand(RequestBytes: 4_000, MaxOutputTokens: 500));
}
