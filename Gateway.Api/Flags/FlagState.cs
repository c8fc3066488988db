using Gateway.Api.Configuration;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

namespace Gateway.Api.Flags;

/// <summary>How a flag stands: what holds for it, and who says so.</summary>
internal sealed record FlagState(Flag Flag, FlagOptions Options, FlagSource Source, FlagSwitch? Switch = null)
{
    private const string TimeWindow = "Microsoft.TimeWindow";
    private const string Targeting = "Microsoft.Targeting";
    private const double Everybody = 100;

    /// <summary>On or off for everybody and at any time; null where it depends.</summary>
    public bool? Always { get; } = !Options.Enabled ? false : Options is { HasAudience: false, HasWindow: false } ? true : null;

    /// <summary>The same in the terms of feature management: its filters have all to agree.</summary>
    public FeatureDefinition Definition { get; } = new() { Name = Flag.Name, RequirementType = RequirementType.All, EnabledFor = [.. FiltersOf(Options)] };

    private static IEnumerable<FeatureFilterConfiguration> FiltersOf(FlagOptions options)
    {
        if (options.HasWindow)
        {
            yield return new FeatureFilterConfiguration { Name = TimeWindow, ParametersObject = new TimeWindowFilterSettings { Start = options.From, End = options.Until } };
        }

        if (options.HasAudience)
        {
            yield return new FeatureFilterConfiguration
            {
                Name = Targeting,
                ParametersObject = new TargetingFilterSettings
                {
                    Audience = new Audience
                    {
                        Users = [.. options.Users],
                        Groups = [.. options.Tenants.Select(tenant => new GroupRollout { Name = tenant, RolloutPercentage = Everybody })],
                        DefaultRolloutPercentage = options.Percentage ?? 0,
                    },
                },
            };
        }
    }
}
