using Gateway.Api.Configuration;
using Gateway.Api.Metering;
using Gateway.Api.Routing.Policies;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Routing;

/// <summary>Where requests go in the long run under each policy, and how fast it follows a change.</summary>
public sealed class RoutingPolicyTests
{
    private readonly ManualTime _time = new();
    private readonly Random _random = new(20261121);

    [Fact]
    public void Priority_keeps_the_order_given()
    {
        using var simulation = new RoutingSimulation(_time, "a", "b");
        simulation.SecondsOf["a"] = 5;

        simulation.Run(new PriorityPolicy(), 30)["a"].ShouldBe(1);
    }

    [Fact]
    public void Weighted_gives_each_its_share_and_a_weight_of_zero_none()
    {
        using var three = new RoutingSimulation(_time, "a", "b", "c");
        using var simulation = new RoutingSimulation(_time) { Targets = [three.Targets[0] with { Weight = 3 }, three.Targets[1] with { Weight = 1 }, three.Targets[2] with { Weight = 0 }] };
        foreach (var target in three.Targets)
        {
            simulation.SecondsOf[target.Model] = 0.5;
        }

        var shares = simulation.Run(new WeightedPolicy(_random), 600);

        shares["a"].ShouldBe(0.75, 0.03);
        shares["b"].ShouldBe(0.25, 0.03);
        shares["c"].ShouldBe(0);
    }

    [Fact]
    [Trait("Requirement", "G1.3")]
    public void LeastLatency_prefers_the_faster_leaves_it_when_it_slows_down_and_comes_back()
    {
        using var simulation = new RoutingSimulation(_time, "fast", "slow");
        (simulation.SecondsOf["fast"], simulation.SecondsOf["slow"]) = (0.3, 1.5);
        var policy = new LeastLatencyPolicy(_random);
        simulation.Run(policy, 30);

        simulation.Run(policy, 60)["fast"].ShouldBeGreaterThan(0.7);

        simulation.SecondsOf["fast"] = 6;
        simulation.Run(policy, 10);
        simulation.Run(policy, 30)["fast"].ShouldBeLessThan(0.3);

        simulation.SecondsOf["fast"] = 0.3;
        simulation.Run(policy, 30);
        simulation.Run(policy, 30)["fast"].ShouldBeGreaterThan(0.7);
    }

    [Fact]
    public void LeastLatency_shares_the_load_between_equals()
    {
        using var simulation = new RoutingSimulation(_time, "a", "b", "c", "d");

        simulation.Run(new LeastLatencyPolicy(_random), 300).Values.ShouldAllBe(share => share > 0.15 && share < 0.35);
    }

    [Fact]
    [Trait("Requirement", "G1.3")]
    public void LowestCost_takes_the_cheapest_for_the_request_and_an_unpriced_one_last()
    {
        using var simulation = new RoutingSimulation(_time, "dear", "cheap", "unpriced");
        var policy = new LowestCostPolicy(Cost(("p/dear", 10), ("p/cheap", 1)));

        simulation.Run(policy, 10)["cheap"].ShouldBe(1);
        policy.Order(simulation.Targets, new(400, 100)).Select(target => target.Model).ShouldBe(["cheap", "dear", "unpriced"]);
    }

    [Fact]
    [Trait("Requirement", "G1.3")]
    public void Balanced_weighs_cost_against_latency()
    {
        Share(costShare: 1).ShouldBe(1);
        Share(costShare: 0).ShouldBeLessThan(0.3);
        Share(costShare: 0.5).ShouldBeInRange(0.3, 0.99);

        double Share(double costShare)
        {
            using var simulation = new RoutingSimulation(_time, "cheap", "fast");
            (simulation.SecondsOf["cheap"], simulation.SecondsOf["fast"]) = (1.2, 0.4);
            var policy = new BalancedPolicy(Cost(("p/cheap", 1), ("p/fast", 4)), costShare);
            simulation.Run(policy, 30);
            return simulation.Run(policy, 300)["cheap"];
        }
    }

    private ExpectedCost Cost(params (string Target, decimal Usd)[] prices)
    {
        var settings = prices.SelectMany(price => new[] { ($"Gateway:Prices:{price.Target}:Input", price.Usd), ($"Gateway:Prices:{price.Target}:Output", price.Usd) });
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2.ToString(System.Globalization.CultureInfo.InvariantCulture))))
            .Build();
        return new ExpectedCost(new LiveConfiguration(configuration, NullLogger<LiveConfiguration>.Instance), new TokenEstimator(), _time);
    }
}
