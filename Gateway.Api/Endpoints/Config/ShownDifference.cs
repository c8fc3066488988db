using Gateway.Api.Configuration.Changes;

namespace Gateway.Api.Endpoints.Config;

/// <summary>What a change would do, defaults and what other sources say included.</summary>
/// <param name="Version">The version that there is.</param>
internal sealed record ShownDifference(
    bool DryRun, long Version, IReadOnlyList<ConfigurationDifference.Entry> Added, IReadOnlyList<ConfigurationDifference.Change> Changed, IReadOnlyList<ConfigurationDifference.Entry> Removed)
{
    public static ShownDifference Of(ChangeOutcome.Checked outcome) =>
        new(DryRun: true, outcome.Version, outcome.Difference.Added, outcome.Difference.Changed, outcome.Difference.Removed);
}
