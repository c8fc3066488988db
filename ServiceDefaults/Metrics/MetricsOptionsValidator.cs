using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Metrics;

/// <summary>Finds all faults of the section at once, each with its key and what is allowed.</summary>
internal static class MetricsOptionsValidator
{
    private const int FewestSeries = 10;
    private const int MostSeries = 100_000;

    /// <exception cref="OptionsValidationException">The section is not valid.</exception>
    public static MetricsOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(MetricsOptions.Section);
        var faults = new List<string>();
        var options = new MetricsOptions
        {
            RequireAdminKey = Flag(section, nameof(MetricsOptions.RequireAdminKey), faults),
            MaxSeries = Series(section, faults),
        };
        return faults.Count == 0 ? options : throw new OptionsValidationException(MetricsOptions.Section, typeof(MetricsOptions), faults);
    }

    private static bool Flag(IConfigurationSection section, string key, List<string> faults)
    {
        if (section[key] is not { Length: > 0 } text)
        {
            return false;
        }

        if (!bool.TryParse(text, out var flag))
        {
            faults.Add($"{section.Path}:{key} is '{text}'; it must be true or false.");
        }

        return flag;
    }

    private static int Series(IConfigurationSection section, List<string> faults)
    {
        if (section[nameof(MetricsOptions.MaxSeries)] is not { Length: > 0 } text)
        {
            return new MetricsOptions().MaxSeries;
        }

        if (!int.TryParse(text, out var series) || series is < FewestSeries or > MostSeries)
        {
            faults.Add($"{section.Path}:{nameof(MetricsOptions.MaxSeries)} is '{text}'; it must be a whole number from {FewestSeries} to {MostSeries}.");
        }

        return series;
    }
}
