using Gateway.Api.Routing.Policies;

namespace Gateway.Api.Routing;

/// <summary>A model alias, its usable targets in the order given, and how its requests are to be handled.</summary>
internal sealed record ModelRoute(string Alias, IReadOnlyList<Target> Targets, IRoutingPolicy Policy, RouteLimits Limits)
{
    /// <summary>The policy as the configuration names it.</summary>
    public required string PolicyName { get; init; }

    /// <summary>Whether streams are held back until they are whole.</summary>
    public bool SafeStream { get; init; }

    /// <summary>Whether there is another target to go to. Where there is none, to leave the only one alone would help nobody.</summary>
    public bool HasFallback => Targets.Count > 1;

    /// <summary>The targets in the order in which this request is to try them.</summary>
    public IReadOnlyList<Target> Order(Demand demand) => HasFallback ? Policy.Order(Targets, demand) : Targets;
}
