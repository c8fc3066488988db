using Cost.Worker.Reports;
using Microsoft.Extensions.Options;

namespace Cost.Worker.Configuration;

/// <summary>Finds all faults of the section at once, each with its key and what is allowed.</summary>
internal static class ReportsOptionsValidator
{
    private const int LastHour = 23;
    private const decimal MostUsd = 1_000_000_000;

    /// <exception cref="OptionsValidationException">The section is not valid.</exception>
    public static ReportsOptions Read(IConfiguration configuration)
    {
        ReportsOptions options;
        try
        {
            options = configuration.GetSection(ReportsOptions.Section).Get<ReportsOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new ReportsOptions();
        }
        catch (InvalidOperationException unbound)
        {
            // A value that is no number, or a key that is not known; it is named.
            throw new OptionsValidationException(ReportsOptions.Section, typeof(ReportsOptions), [$"{ReportsOptions.Section}: {(unbound.InnerException ?? unbound).Message}"]);
        }

        var faults = options.Schedule.SelectMany(pair => Faults($"Reports:Schedule:{pair.Key}", pair.Key, pair.Value)).ToList();
        return faults.Count == 0 ? options : throw new OptionsValidationException(ReportsOptions.Section, typeof(ReportsOptions), faults);
    }

    private static IEnumerable<string> Faults(string key, string name, ScheduledReportOptions? report)
    {
        if (report is null)
        {
            yield return $"{key} must have settings below it, such as {key}:Every.";
            yield break;
        }

        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            yield return $"{key}: a report's name must be of letters, digits, '-' and '_', since its files begin with it.";
        }

        if (!Enum.TryParse<ReportInterval>(report.Every, ignoreCase: true, out _) || char.IsAsciiDigit(report.Every[0]))
        {
            yield return $"{key}:Every is '{report.Every}'; it must be one of {string.Join(", ", Enum.GetNames<ReportInterval>())}.";
        }

        if (report.Hour is < 0 or > LastHour)
        {
            yield return $"{key}:Hour is {report.Hour}; it must be an hour of the day in UTC, 0 to {LastHour}.";
        }

        if (!Dimension.TryParse(report.By, out _, out var fault))
        {
            yield return $"{key}:By: {fault}";
        }

        foreach (var format in ReportFormat.Named(report.Formats).Where(format => format.Format is null))
        {
            yield return $"{key}:Formats has '{format.Name}'; allowed, separated by commas: {ReportFormat.Allowed}.";
        }

        if (report.BudgetUsd is <= 0 or > MostUsd)
        {
            yield return $"{key}:BudgetUsd is {report.BudgetUsd}; it must be above 0 and at most {MostUsd:0}.";
        }
    }
}
