using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Gateway.Api.Configuration.Documents;

namespace Gateway.Api.Configuration.Description;

/// <summary>What an option takes, in words, and whether a value is that.</summary>
internal static class OptionTypes
{
    public static bool IsWhole(OptionNode option) => Type.GetTypeCode(option.Type) is >= TypeCode.SByte and <= TypeCode.UInt64 && !option.Type.IsEnum;

    public static bool IsNumber(OptionNode option) => IsWhole(option) || option.Type == typeof(double) || option.Type == typeof(float) || option.Type == typeof(decimal);

    /// <summary>Whether JSON has no form of its own for it.</summary>
    public static bool IsText(OptionNode option) => !IsNumber(option) && option.Type != typeof(bool);

    /// <summary>Whether the text is one that the binder makes a value of.</summary>
    public static bool CanRead(OptionNode option, string text)
    {
        if (option.Type.IsEnum)
        {
            return Enum.GetNames(option.Type).Contains(text, StringComparer.OrdinalIgnoreCase);
        }

        try
        {
            return TypeDescriptor.GetConverter(option.Type).ConvertFromInvariantString(text) is not (double.NaN or double.PositiveInfinity or double.NegativeInfinity);
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    public static string Describe(OptionNode option) => option.Kind switch
    {
        OptionKind.Section or OptionKind.Map => "an object",
        OptionKind.List => "a list",
        _ when option.Type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(option.Type))}",
        _ when option.Type == typeof(bool) => "true or false",
        _ when IsNumber(option) => $"a {(IsWhole(option) ? "whole " : "")}number{(RangeOf(option) is { } range ? $" from {range.Least} to {range.Most}" : "")}",
        _ when option.Type == typeof(DateTimeOffset) || option.Type == typeof(DateTime) => "a time such as 2026-11-21T08:00:00Z",
        _ when option.Type == typeof(TimeSpan) => "a duration such as 00:00:30",
        _ => "a string",
    };

    /// <summary>What to say of a key that no option has.</summary>
    public static string Unknown(string path, string name, OptionNode section)
    {
        var known = section.Options.Select(option => option.Name).ToList();
        return $"{path}{ConfigurationPath.KeyDelimiter}{name} is not known; did you mean '{EditDistance.Nearest(name, known)}'? Known: {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
    }

    /// <summary>The texts that are allowed; none where any is.</summary>
    public static IReadOnlyList<string> ValuesOf(OptionNode option) =>
        option.Type.IsEnum ? Enum.GetNames(option.Type) : option.Property?.GetCustomAttribute<ValuesOfAttribute>()?.Values ?? [];

    /// <summary>What is allowed, as JSON has it; null where all that the type holds is.</summary>
    public static (string Least, string Most)? RangeOf(OptionNode option) =>
        option.Property?.GetCustomAttribute<RangeAttribute>() is { } range
            ? (Number(range.Minimum), Number(range.Maximum))
            : null;

    // 0.000001, not 1E-06.
    private static string Number(object bound) =>
        bound is double number ? number.ToString("0.############", CultureInfo.InvariantCulture) : Convert.ToString(bound, CultureInfo.InvariantCulture)!;
}
