using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Configuration;

/// <summary>Reads a section key by key, so that a value that is no value of its type is a fault like any other, and all are told together.</summary>
internal sealed class SectionReader(IConfiguration configuration, string name)
{
    private readonly IConfigurationSection _section = configuration.GetSection(name);
    private readonly List<string> _faults = [];

    public string Text(string key, string usual) => _section[key] is { Length: > 0 } text ? text : usual;

    public bool Flag(string key, bool usual)
    {
        if (_section[key] is not { Length: > 0 } text)
        {
            return usual;
        }

        if (!bool.TryParse(text, out var flag))
        {
            Fault(key, text, "true or false");
        }

        return flag;
    }

    public int Whole(string key, int usual, int least, int most)
    {
        if (_section[key] is not { Length: > 0 } text)
        {
            return usual;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
        {
            Fault(key, text, $"a whole number from {least} to {most}");
        }

        return number;
    }

    public void Fault(string key, string value, string allowed) => _faults.Add($"{name}:{key} is '{value}'; it must be {allowed}.");

    /// <exception cref="OptionsValidationException">Something is not valid; it says what, and what is.</exception>
    public void ThrowOnFaults(Type options)
    {
        if (_faults.Count > 0)
        {
            throw new OptionsValidationException(name, options, _faults);
        }
    }
}
