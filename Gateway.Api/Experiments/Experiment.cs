using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Requests;

namespace Gateway.Api.Experiments;

/// <summary>An experiment that is on, ready to be asked for a caller's variant.</summary>
internal sealed class Experiment(string name, ExperimentOptions options)
{
    private const double Everybody = 100;

    private readonly Variant[] _variants = [.. options.Variants.OrderBy(variant => variant.Key, StringComparer.Ordinal).Select(variant => new Variant(name, variant.Key, variant.Value))];

    public string Alias => options.Alias;

    /// <summary>The variants, by name.</summary>
    public IReadOnlyList<Variant> Variants => _variants;

    /// <summary>Whether its variants can be told apart on such requests.</summary>
    public bool IsFor(Operation operation) =>
        operation == Operation.Chat || !Array.Exists(_variants, variant => variant.IsForChat || (variant.IsForText && !operation.MakesText));

    public bool Includes(ApiKey caller)
    {
        var segment = options.Segment;
        return IsIn(segment.Tenants, caller.Tenant) && IsIn(segment.Users, PersonOf(caller)) && IsIn(segment.Tiers, caller.Tier)
            && (segment.Percentage >= Everybody || StickyHash.Of(name, "segment", caller.Tenant, PersonOf(caller)) * Everybody < segment.Percentage);
    }

    /// <summary>
    /// Weighted rendezvous hashing: each variant draws a number for the caller, the larger its weight the better, and the best one has it. Shares
    /// are in proportion to the weights, and where these change only as many callers move as have to.
    /// </summary>
    public Variant VariantOf(ApiKey caller)
    {
        var (best, bestScore) = (_variants[0], double.NegativeInfinity);
        foreach (var variant in _variants)
        {
            var score = variant.Options.Weight > 0 ? -variant.Options.Weight / Math.Log(StickyHash.Of(name, "variant", variant.Name, caller.Tenant, PersonOf(caller))) : double.NegativeInfinity;
            if (score > bestScore)
            {
                (best, bestScore) = (variant, score);
            }
        }

        return best;
    }

    private static bool IsIn(IReadOnlyList<string> list, string? name) => list.Count == 0 || (name is not null && list.Contains(name, StringComparer.Ordinal));

    private static string PersonOf(ApiKey caller) => caller.User ?? caller.Id;
}
