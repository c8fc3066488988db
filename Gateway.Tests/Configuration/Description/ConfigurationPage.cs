using System.Globalization;
using System.Text;
using Gateway.Api.Configuration;
using Gateway.Api.Configuration.Description;

namespace Gateway.Tests.Configuration.Description;

/// <summary>Writes <c>docs/configuration.md</c>: every option with its type, default, range and meaning.</summary>
internal static class ConfigurationPage
{
    public static string Write()
    {
        var page = new StringBuilder();
        page.Append("# Configuration\n\n");
        page.Append("Every option of section `Gateway`: what [gateway.json](../Gateway.Api/gateway.json), Parameter Store, `PUT /admin/config`, the environment and\n");
        page.Append("arguments may say ([how they go together](running-the-gateway.md#settings)). This file is generated from the options' own documentation, as is\n");
        page.Append("[gateway.schema.json](gateway.schema.json), the same for editors. A test keeps both up to date; `UPDATE_DOCS=1 ./test` writes them anew.\n");
        var top = OptionNode.Gateway.Options;
        Append(page, "Gateway", "", top.Where(option => option.Kind == OptionKind.Value));
        foreach (var option in top.Where(option => option.Kind != OptionKind.Value))
        {
            Append(page, option.Name, OptionDocs.Of(option), Below(option));
        }

        return page.ToString();
    }

    // A list of texts, or a map to numbers, is one line; what has options of its own is a line for each of those.
    private static IEnumerable<OptionNode> Below(OptionNode option) => (option.Item ?? option) is { Kind: OptionKind.Section } section ? section.Options : [option];

    private static void Append(StringBuilder page, string name, string meaning, IEnumerable<OptionNode> options)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {name}\n\n{(meaning.Length > 0 ? $"{meaning}\n\n" : "")}| key | type | default | allowed | |\n|---|---|---|---|---|\n");
        var path = name == GatewayOptions.Section ? "" : PathOf("", OptionNode.Gateway.Find(name)!);
        foreach (var option in options)
        {
            AppendRows(page, option.Name == name ? path : PathOf(path, option), option);
        }
    }

    private static void AppendRows(StringBuilder page, string path, OptionNode option)
    {
        var section = option.Item ?? option;
        if (section.Kind != OptionKind.Section)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{path}` | {TypeOf(option)} | {DefaultOf(option)} | {AllowedIn(section)} | {OptionDocs.Of(option).Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            return;
        }

        foreach (var below in section.Options)
        {
            AppendRows(page, PathOf(path, below), below);
        }
    }

    private static string PathOf(string path, OptionNode option) => (path.Length == 0 ? option.Name : $"{path}:{option.Name}") + option.Kind switch
    {
        OptionKind.Map => ":<name>",
        OptionKind.List => ":<n>",
        _ => "",
    };

    private static string TypeOf(OptionNode option) => option.Kind switch
    {
        OptionKind.Map or OptionKind.List => TypeOf(option.Item!),
        OptionKind.Value when OptionTypes.IsWhole(option) => "whole number",
        OptionKind.Value when OptionTypes.IsNumber(option) => "number",
        OptionKind.Value when option.Type == typeof(bool) => "true or false",
        OptionKind.Value when option.Type == typeof(DateTimeOffset) => "time",
        OptionKind.Value => "text",
        _ => "JSON",
    };

    private static string DefaultOf(OptionNode option) => option.Kind != OptionKind.Value ? "" : option.Default switch
    {
        null or "" => "",
        bool isOn => isOn ? "`true`" : "`false`",
        var value => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
    };

    private static string AllowedIn(OptionNode option) =>
        OptionTypes.ValuesOf(option) is { Count: > 0 } values ? string.Join(", ", values.Select(value => $"`{value}`"))
        : OptionTypes.RangeOf(option) is { } range ? $"{range.Least} to {range.Most}"
        : "";
}
