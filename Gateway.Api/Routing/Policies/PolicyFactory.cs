using Gateway.Api.Configuration;

namespace Gateway.Api.Routing.Policies;

/// <summary>Makes the policy that an alias names.</summary>
internal sealed class PolicyFactory(ExpectedCost cost, Random random)
{
    public IRoutingPolicy Of(ModelOptions model) => model.Policy switch
    {
        RoutingPolicies.Weighted => new WeightedPolicy(random),
        RoutingPolicies.LeastLatency => new LeastLatencyPolicy(random),
        RoutingPolicies.LowestCost => new LowestCostPolicy(cost),
        RoutingPolicies.Balanced => new BalancedPolicy(cost, model.CostShare),
        _ => new PriorityPolicy(),
    };
}
