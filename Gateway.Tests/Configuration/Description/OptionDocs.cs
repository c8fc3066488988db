using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Gateway.Api.Configuration;
using Gateway.Api.Configuration.Description;

namespace Gateway.Tests.Configuration.Description;

/// <summary>What the options' own documentation says of them, from the file that the compiler makes of it.</summary>
internal static partial class OptionDocs
{
    private static readonly Dictionary<string, XElement> Members = XDocument.Load(Path.ChangeExtension(typeof(GatewayOptions).Assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(member => (string)member.Attribute("name")!);

    /// <summary>In Markdown; that of the type, where the option has none of its own.</summary>
    public static string Of(OptionNode option)
    {
        var type = option.Kind == OptionKind.Section ? option.Type : option.Item is { Kind: OptionKind.Section } item ? item.Type : null;
        return (option.Property is { } property ? SummaryOf($"P:{property.DeclaringType!.FullName}.{property.Name}") : null)
            ?? (type is null ? null : SummaryOf($"T:{type.FullName}"))
            ?? throw new InvalidOperationException($"{option.Property?.DeclaringType?.Name}.{option.Name} has no documentation.");
    }

    private static string? SummaryOf(string member) =>
        Members.GetValueOrDefault(member)?.Element("summary") is { } summary ? Spaces().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim() : null;

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{NameOf((string)(see.Attribute("cref") ?? see.Attribute("langword"))!)}`",
        XElement other => other.Value,
        _ => "",
    };

    // "P:Gateway.Api.Configuration.LimitsOptions.QueueSeconds" is told as "Limits:QueueSeconds", and its type as "Limits".
    private static string NameOf(string reference)
    {
        var steps = reference[(reference.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('.');
        var name = steps[^1];
        if (reference.StartsWith("T:", StringComparison.Ordinal))
        {
            return name.Replace("Options", "", StringComparison.Ordinal);
        }

        var section = typeof(GatewayOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).FirstOrDefault(property => property.PropertyType.Name == steps[^2]);
        return section is null ? name : $"{section.Name}:{name}";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
