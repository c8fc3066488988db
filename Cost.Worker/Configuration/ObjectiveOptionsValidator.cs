using Microsoft.Extensions.Options;

namespace Cost.Worker.Configuration;

/// <summary>Finds all faults of the section at once, each with its key and what is allowed.</summary>
internal static class ObjectiveOptionsValidator
{
    /// <exception cref="OptionsValidationException">The section is not valid.</exception>
    public static IReadOnlyDictionary<string, ObjectiveOptions> Read(IConfiguration configuration)
    {
        var options = OptionsReader.Bind<Dictionary<string, ObjectiveOptions>>(configuration, ObjectiveOptions.Section);
        var faults = options.SelectMany(objective => Faults($"{ObjectiveOptions.Section}:{objective.Key}", objective.Value)).ToList();
        return faults.Count == 0 ? options : throw new OptionsValidationException(ObjectiveOptions.Section, typeof(ObjectiveOptions), faults);
    }

    private static IEnumerable<string> Faults(string key, ObjectiveOptions objective)
    {
        if (objective.Indicator is null)
        {
            yield return $"{key}:Indicator is missing; it must be one of {string.Join(", ", Enum.GetNames<Indicators>())}.";
        }
        else if (objective.Indicator != Indicators.Availability && objective.Milliseconds is null)
        {
            yield return $"{key}:Milliseconds is missing; {objective.Indicator} takes 1 to 3600000.";
        }

        foreach (var fault in OptionsReader.RangeFaults(key, objective))
        {
            yield return fault;
        }
    }
}
