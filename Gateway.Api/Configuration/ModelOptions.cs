namespace Gateway.Api.Configuration;

/// <summary>One model alias and the targets that serve it.</summary>
public sealed record ModelOptions
{
    /// <summary>How a target is chosen. <c>Priority</c>: in the order given, the next one where the one before failed.</summary>
    public string Policy { get; init; } = RoutingPolicies.Priority;

    public IReadOnlyList<TargetOptions> Targets { get; init; } = [];
}
