namespace Gateway.Api.Routing.Policies;

/// <summary>Puts an alias's targets into the order in which they are to be tried.</summary>
internal interface IRoutingPolicy
{
    /// <param name="targets">Two or more.</param>
    /// <param name="demand">What the request asks for.</param>
    IReadOnlyList<Target> Order(IReadOnlyList<Target> targets, Demand demand);
}
