using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using ServiceDefaults.Configuration;

namespace ServiceDefaults.Metrics;

/// <summary>Finds all faults of the section at once, each with its key and what is allowed.</summary>
internal static class MetricsOptionsValidator
{
    private const int FewestSeries = 10;
    private const int MostSeries = 100_000;

    /// <exception cref="OptionsValidationException">The section is not valid.</exception>
    public static MetricsOptions Read(IConfiguration configuration)
    {
        var section = new SectionReader(configuration, MetricsOptions.Section);
        var defaults = new MetricsOptions();
        var options = new MetricsOptions
        {
            Enabled = section.Flag(nameof(MetricsOptions.Enabled), defaults.Enabled),
            RequireAdminKey = section.Flag(nameof(MetricsOptions.RequireAdminKey), defaults.RequireAdminKey),
            MaxSeries = section.Whole(nameof(MetricsOptions.MaxSeries), defaults.MaxSeries, FewestSeries, MostSeries),
            TenantLabels = section.Flag(nameof(MetricsOptions.TenantLabels), defaults.TenantLabels),
        };
        section.ThrowOnFaults(typeof(MetricsOptions));
        return options;
    }
}
