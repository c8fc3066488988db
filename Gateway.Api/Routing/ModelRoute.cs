using Gateway.Api.Routing.Policies;

namespace Gateway.Api.Routing;

/// <summary>A model alias, its usable targets in the order given, and how its requests are to be handled.</summary>
internal sealed record ModelRoute(string Alias, IReadOnlyList<Target> Targets, IRoutingPolicy Policy, RouteLimits Limits)
{
    /// <summary>Whether streams are held back until they are whole.</summary>
    public bool SafeStream { get; init; }

    /// <summary>The targets in the order in which this request is to try them.</summary>
    public IReadOnlyList<Target> Order(Demand demand) => Targets.Count == 1 ? Targets : Policy.Order(Targets, demand);
}
