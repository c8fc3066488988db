using System.ComponentModel.DataAnnotations;
using Gateway.Api.Configuration.Description;

namespace Gateway.Api.Configuration;

/// <summary>One model alias and the targets that serve it.</summary>
public sealed record ModelOptions
{
    /// <summary>
    /// Which target is tried first; the others follow where it fails. <c>Priority</c>: in the order given. <c>Weighted</c>: by chance, in
    /// proportion to the weights. <c>LeastLatency</c>: the faster of two taken by chance. <c>LowestCost</c>: the cheapest for the request
    /// at hand. <c>Balanced</c>: cost and latency together, see <see cref="CostShare"/>.
    /// </summary>
    [ValuesOf(typeof(RoutingPolicies))]
    public string Policy { get; init; } = RoutingPolicies.Priority;

    /// <summary>How much cost counts under <c>Balanced</c>; latency counts for the rest. 0 to 1; 0.5 by default.</summary>
    [Range(0, 1d)]
    public double CostShare { get; init; } = 0.5;

    /// <summary>
    /// Holds a stream back until it is whole, so that one that is cut or stalls is begun anew on the next target and the caller still gets
    /// one complete answer. Off by default: it costs the time to the first token.
    /// </summary>
    public bool SafeStream { get; init; }

    /// <summary>In place of <see cref="LimitsOptions.RequestTimeoutSeconds"/>.</summary>
    [Range(0.1, 3600)]
    public double? RequestTimeoutSeconds { get; init; }

    /// <summary>In place of <see cref="LimitsOptions.FirstTokenTimeoutSeconds"/>.</summary>
    [Range(0.1, 3600)]
    public double? FirstTokenTimeoutSeconds { get; init; }

    /// <summary>In place of <see cref="LimitsOptions.StreamIdleTimeoutSeconds"/>.</summary>
    [Range(0.1, 3600)]
    public double? StreamIdleTimeoutSeconds { get; init; }

    /// <summary>In place of <see cref="LimitsOptions.FallbackReserveSeconds"/>.</summary>
    [Range(0, 3600d)]
    public double? FallbackReserveSeconds { get; init; }

    /// <summary>The most tokens that an answer has where the request does not say; what is held of limits and budgets until it has ended. 4096 where not stated.</summary>
    [Range(1, 1_000_000)]
    public int? MaxOutputTokens { get; init; }

    /// <summary>What all callers of the alias get together.</summary>
    public ModelLimits? Limits { get; init; }

    /// <summary>What the cache does otherwise for the alias.</summary>
    public ModelCacheOptions? Cache { get; init; }

    /// <summary>Whether a chat without tools is given product data: what the catalogue has for the words of its last message. Off by default; the flag <c>ProductContext</c> says for whom.</summary>
    public bool ProductContext { get; init; }

    /// <summary>Where the alias is served; at least one.</summary>
    public IReadOnlyList<TargetOptions> Targets { get; init; } = [];
}
