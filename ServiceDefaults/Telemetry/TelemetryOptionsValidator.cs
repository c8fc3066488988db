using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using ServiceDefaults.Configuration;

namespace ServiceDefaults.Telemetry;

/// <summary>Finds all faults of the section at once, each with its key and what is allowed.</summary>
internal static partial class TelemetryOptionsValidator
{
    private const int LongestPeriod = 3600;
    private const int LongestSlow = 3600;

    /// <exception cref="OptionsValidationException">The section is not valid.</exception>
    public static TelemetryOptions Read(IConfiguration configuration)
    {
        var section = new SectionReader(configuration, TelemetryOptions.Section);
        var defaults = new TelemetryOptions();
        var options = new TelemetryOptions
        {
            Exporter = section.Text(nameof(TelemetryOptions.Exporter), defaults.Exporter),
            PeriodSeconds = section.Whole(nameof(TelemetryOptions.PeriodSeconds), defaults.PeriodSeconds, least: 1, LongestPeriod),
            AfterEachRequest = section.Flag(nameof(TelemetryOptions.AfterEachRequest), defaults.AfterEachRequest),
            SlowSeconds = section.Whole(nameof(TelemetryOptions.SlowSeconds), defaults.SlowSeconds, least: 1, LongestSlow),
            Namespace = section.Text(nameof(TelemetryOptions.Namespace), defaults.Namespace),
        };
        if (!Enum.GetNames<TelemetryExporter>().Contains(options.Exporter, StringComparer.OrdinalIgnoreCase))
        {
            section.Fault(nameof(TelemetryOptions.Exporter), options.Exporter, $"one of {string.Join(", ", Enum.GetNames<TelemetryExporter>())}");
        }

        if (!Namespace().IsMatch(options.Namespace))
        {
            section.Fault(nameof(TelemetryOptions.Namespace), options.Namespace, "1 to 255 letters, digits, '.', '-', '_', '/', '#' and ':', not beginning with AWS/");
        }

        section.ThrowOnFaults(typeof(TelemetryOptions));
        return options;
    }

    [GeneratedRegex(@"^(?!AWS/)[A-Za-z0-9._/#:-]{1,255}\z")]
    private static partial Regex Namespace();
}
