namespace Gateway.Api.Routing.Policies;

/// <summary>In the order given.</summary>
internal sealed class PriorityPolicy : IRoutingPolicy
{
    public IReadOnlyList<Target> Order(IReadOnlyList<Target> targets, Demand demand) => targets;
}
