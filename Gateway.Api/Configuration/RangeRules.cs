using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Gateway.Api.Configuration;

/// <summary>Checks the numbers of a section against their <see cref="RangeAttribute"/>; those that are not stated pass.</summary>
internal static class RangeRules
{
    public static void Check(string key, object section, List<string> faults)
    {
        foreach (var property in section.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<RangeAttribute>() is { } range && property.GetValue(section) is { } value && !range.IsValid(value))
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{key}:{property.Name} is {value}; allowed: {range.Minimum} to {range.Maximum}."));
            }
        }
    }
}
