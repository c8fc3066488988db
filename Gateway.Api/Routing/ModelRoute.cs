using Gateway.Api.Caching;
using Gateway.Api.Routing.Policies;

namespace Gateway.Api.Routing;

/// <summary>A model alias, its usable targets in the order given, and how its requests are to be handled.</summary>
internal sealed record ModelRoute(string Alias, IReadOnlyList<Target> Targets, IRoutingPolicy Policy, RouteLimits Limits)
{
    /// <summary>The policy as the configuration names it.</summary>
    public required string PolicyName { get; init; }

    /// <summary>Whether streams are held back until they are whole.</summary>
    public bool SafeStream { get; init; }

    /// <summary>Whether and how its answers are kept.</summary>
    public CacheRules Cache { get; init; } = CacheRules.Off;

    /// <summary>Alias and targets, as a part of the key of an answer: an alias that leads elsewhere has other answers.</summary>
    public byte[] Identity { get; } = IdentityOf(Alias, Targets);

    /// <summary>Whether there is another target to go to. Where there is none, to leave the only one alone would help nobody.</summary>
    public bool HasFallback => Targets.Count > 1;

    /// <summary>The targets in the order in which this request is to try them.</summary>
    public IReadOnlyList<Target> Order(Demand demand) => HasFallback ? Policy.Order(Targets, demand) : Targets;

    private static byte[] IdentityOf(string alias, IReadOnlyList<Target> targets)
    {
        using var text = new CanonicalText(capacity: 256);
        text.Write(alias);
        foreach (var target in targets)
        {
            text.Write(target.Name);
        }

        return text.Written.ToArray();
    }
}
