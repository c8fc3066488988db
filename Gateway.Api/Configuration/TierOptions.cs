using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>
/// What the keys of a tier get. The limits hold for each user, over all of the user's keys, or for each key where the key names no user.
/// </summary>
public sealed record TierOptions : UsageLimits
{
    /// <summary>Aliases that keys of the tier may use; none means all.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Who goes first where requests wait for a target: the higher number. 0 to 100; 0 by default.</summary>
    [Range(0, 100)]
    public int Priority { get; init; }

    internal bool MayUse(string alias) => Models.Count == 0 || Models.Contains(alias, StringComparer.Ordinal);
}
