using Gateway.Api.Configuration;
using Gateway.Api.Metering;

namespace Gateway.Api.Routing.Policies;

/// <summary>What a request is expected to cost at each of its targets.</summary>
internal sealed class ExpectedCost(LiveConfiguration configuration, TokenEstimator estimator, TimeProvider time)
{
    /// <param name="costs">Gets them in nano-dollars; more than any other where one is not known.</param>
    public void Of(IReadOnlyList<Target> targets, Demand demand, Span<double> costs)
    {
        var (prices, day) = (configuration.Current.Prices, time.GetUtcNow().UtcDateTime.Date);
        for (var i = 0; i < costs.Length; i++)
        {
            var (target, health) = (targets[i], targets[i].Health);
            var price = health.TokenPrice is { } known && known.IsOf(prices, day) ? known : health.TokenPrice = TokenPrice.Of(target.Name, prices, day);
            costs[i] = price.CostOf(estimator.Estimate(target.Name, demand.RequestBytes, outputBytes: 0).Input, health.Load.ExpectedOutputTokens(demand));
        }
    }
}
