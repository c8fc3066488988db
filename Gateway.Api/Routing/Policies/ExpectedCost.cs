using Gateway.Api.Configuration;
using Gateway.Api.Metering;

namespace Gateway.Api.Routing.Policies;

/// <summary>What a request is expected to cost at a target.</summary>
internal sealed class ExpectedCost(LiveConfiguration configuration, TokenEstimator estimator, TimeProvider time)
{
    /// <summary>In nano-dollars; more than any other where it is not known.</summary>
    public double Of(Target target, Demand demand)
    {
        var prompt = estimator.Estimate(target.Name, demand.RequestBytes, outputBytes: 0);
        var tokens = prompt with { Output = (long)target.Health.Load.ExpectedOutputTokens(demand) };
        return configuration.Current.Prices.Find(target.Name, time.GetUtcNow())?.CostOf(tokens) ?? double.PositiveInfinity;
    }
}
