using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Api.Configuration;

/// <summary>Checks experiments one by one, and that no two split the same requests.</summary>
internal static partial class ExperimentOptionsValidator
{
    private const double MostWeight = 1_000_000;
    private const int LeastVariants = 2;
    private const int LongestPrompt = 100_000;

    public static void Validate(GatewayOptions options, List<string> faults)
    {
        foreach (var (name, experiment) in options.Experiments)
        {
            Validate($"Gateway:Experiments:{name}", name, experiment, options, faults);
        }

        var all = options.Experiments.Where(experiment => experiment.Value.Enabled).OrderBy(experiment => experiment.Key, StringComparer.Ordinal).ToList();
        foreach (var (one, other) in all.SelectMany((one, i) => all.Skip(i + 1).Select(other => (one, other))).Where(pair => Overlap(pair.one.Value, pair.other.Value)))
        {
            faults.Add($"Gateway:Experiments:{other.Key}:Alias is '{other.Value.Alias}', whose requests the experiment '{one.Key}' splits too; their segments must exclude each other by tenants, users or tiers.");
        }
    }

    private static void Validate(string key, string name, ExperimentOptions experiment, GatewayOptions options, List<string> faults)
    {
        RequireName(key, name, faults);
        if (!options.Models.TryGetValue(experiment.Alias, out var model))
        {
            faults.Add($"{key}:Alias is '{experiment.Alias}'; allowed: {AliasesOf(options)}.");
        }

        if (experiment.Variants.Count < LeastVariants)
        {
            faults.Add($"{key}:Variants holds {experiment.Variants.Count}; an experiment compares at least {LeastVariants}.");
        }
        else if (!experiment.Variants.ContainsKey(experiment.Control))
        {
            faults.Add($"{key}:Control is '{experiment.Control}'; allowed: {string.Join(", ", experiment.Variants.Keys.Order(StringComparer.Ordinal))}.");
        }

        if (experiment.Variants.Count > 0 && experiment.Variants.Values.All(variant => variant.Weight == 0))
        {
            faults.Add($"{key}:Variants have no weight; at least one must have more than 0.");
        }

        ValidateSegment($"{key}:Segment", experiment.Segment, options, faults);
        foreach (var (variantName, variant) in experiment.Variants)
        {
            ValidateVariant($"{key}:Variants:{variantName}", variantName, variant, model, options, faults);
        }
    }

    private static void ValidateSegment(string key, SegmentOptions segment, GatewayOptions options, List<string> faults)
    {
        GatewayOptionsValidator.ValidateAttributes(key, segment, faults);
        foreach (var tier in segment.Tiers.Where(tier => !options.Tiers.ContainsKey(tier)))
        {
            faults.Add($"{key}:Tiers holds '{tier}'; allowed: {(options.Tiers.Count > 0 ? string.Join(", ", options.Tiers.Keys.Order(StringComparer.Ordinal)) : "none, since no tier is configured")}.");
        }

        if (segment.Tenants.Concat(segment.Users).Any(string.IsNullOrWhiteSpace))
        {
            faults.Add($"{key}: Tenants and Users must hold no empty name.");
        }
    }

    private static void ValidateVariant(string key, string name, VariantOptions variant, ModelOptions? model, GatewayOptions options, List<string> faults)
    {
        RequireName(key, name, faults);
        if (variant.Weight is not (>= 0 and <= MostWeight))
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{key}:Weight is {variant.Weight}; allowed: 0 to {MostWeight}."));
        }

        if (variant.Alias is { } alias && !options.Models.ContainsKey(alias))
        {
            faults.Add($"{key}:Alias is '{alias}'; allowed: {AliasesOf(options)}, or nothing.");
        }

        if (variant is { Alias: not null, Targets.Count: > 0 })
        {
            faults.Add($"{key} states Alias and Targets; allowed: one of them, or none.");
        }

        for (var i = 0; i < variant.Targets.Count; i++)
        {
            ModelOptionsValidator.ValidateTarget($"{key}:Targets:{i}", variant.Targets[i], model ?? new ModelOptions(), options, faults);
        }

        if (variant.SystemPrompt is { Length: 0 or > LongestPrompt })
        {
            faults.Add($"{key}:SystemPrompt has {variant.SystemPrompt.Length} characters; allowed: 1 to {LongestPrompt}.");
        }

        GatewayOptionsValidator.ValidateAttributes($"{key}:Parameters", variant.Parameters, faults);
    }

    // It goes into headers, metrics and the keys of Redis.
    private static void RequireName(string key, string name, List<string> faults)
    {
        if (!Name().IsMatch(name))
        {
            faults.Add($"{key}: its name must be 1 to 64 letters, digits, '_', '-' and '.'.");
        }
    }

    private static bool Overlap(ExperimentOptions one, ExperimentOptions other) =>
        one.Alias == other.Alias
        && Meet(one.Segment.Tenants, other.Segment.Tenants) && Meet(one.Segment.Users, other.Segment.Users) && Meet(one.Segment.Tiers, other.Segment.Tiers);

    private static bool Meet(IReadOnlyList<string> one, IReadOnlyList<string> other) => one.Count == 0 || other.Count == 0 || one.Intersect(other, StringComparer.Ordinal).Any();

    private static string AliasesOf(GatewayOptions options) => string.Join(", ", options.Models.Keys.Order(StringComparer.Ordinal));

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,64}$")]
    private static partial Regex Name();
}
