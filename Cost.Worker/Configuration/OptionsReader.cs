using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Cost.Worker.Configuration;

/// <summary>Binds a section; what it cannot take, or does not know, is a fault that names its key.</summary>
internal static partial class OptionsReader
{
    /// <exception cref="OptionsValidationException">A value is of the wrong kind, or a key unknown.</exception>
    public static TOptions Bind<TOptions>(IConfiguration configuration, string section)
        where TOptions : class, new()
    {
        try
        {
            return configuration.GetSection(section).Get<TOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new TOptions();
        }
        catch (InvalidOperationException unreadable)
        {
            throw new OptionsValidationException(section, typeof(TOptions), [Told(section, Cause(unreadable).Message)]);
        }
    }

    // Within entries by name: "'ErrorOnUnknownConfiguration' was set and binding has failed", and inside of it
    // "Failed to convert configuration value 'x' at 'Alerts:Sinks:ops:Type' to type …", and inside of that what the type says, which knows no key.
    private static InvalidOperationException Cause(InvalidOperationException failure) => failure.InnerException is InvalidOperationException inner ? Cause(inner) : failure;

    // The binder tells a choice's type by the name that it has here, and not what may be chosen.
    private static string Told(string section, string message) =>
        Unconvertible().Match(message) is { Success: true } match && typeof(OptionsReader).Assembly.GetType(match.Groups["type"].Value) is { IsEnum: true } choice
            ? $"{match.Groups["key"]} is '{match.Groups["value"]}'; it must be one of {string.Join(", ", Enum.GetNames(choice))}."
            : $"{section}: {message}";

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<key>[^']+)' to type '(?<type>[^']+)'", RegexOptions.Singleline)]
    private static partial Regex Unconvertible();

    /// <summary>What is out of its <see cref="RangeAttribute"/>, in a section and in the sections within it.</summary>
    public static IEnumerable<string> RangeFaults(string key, object section)
    {
        foreach (var property in section.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0))
        {
            var value = property.GetValue(section);
            if (property.GetCustomAttribute<RangeAttribute>() is { } range && value is not null && !range.IsValid(value))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{key}:{property.Name} is {value}; allowed: {range.Minimum} to {range.Maximum}.");
            }
            else if (value?.GetType() is { IsValueType: false, Namespace: { } space } && space == typeof(OptionsReader).Namespace)
            {
                foreach (var fault in RangeFaults($"{key}:{property.Name}", value))
                {
                    yield return fault;
                }
            }
        }
    }
}
