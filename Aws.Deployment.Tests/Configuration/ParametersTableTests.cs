using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Aws.Deployment.Configuration;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Configuration;

/// <summary>The table of parameters in docs/deploy.md is made of the options' own documentation and of the environments' files.</summary>
public sealed partial class ParametersTableTests
{
    private const string Begin = "<!-- parameters -->\n";
    private const string End = "<!-- /parameters -->";

    private static readonly string Guide = Repository.PathOf("docs", "deploy.md");

    [Fact]
    [Trait("Requirement", "D7.2")]
    public void The_guide_has_each_parameter_of_each_environment()
    {
        var text = File.ReadAllText(Guide);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var table = Table();
        if (System.Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(Guide, text[..from] + table + text[to..]);
            return;
        }

        text[from..to].ShouldBe(table, "UPDATE_DOCS=1 ./test writes it anew.");
    }

    private static string Table()
    {
        var environments = Environments.Known.Select(name => DeploymentOptionsReader.Read(name)).ToArray();
        var documentation = XDocument.Load(Path.ChangeExtension(typeof(DeploymentOptions).Assembly.Location, ".xml")).Descendants("member").ToDictionary(member => (string)member.Attribute("name")!);
        var table = new StringBuilder($"| key | {string.Join(" | ", Environments.Known)} | |\n|---|{string.Concat(Environments.Known.Select(_ => "---|"))}---|\n");
        foreach (var (key, member, values) in Rows(environments, ""))
        {
            table.Append(CultureInfo.InvariantCulture, $"| `{key}` | {string.Join(" | ", values)} | {Spoken(documentation[member].Element("summary")!)} |\n");
        }

        return table.ToString();
    }

    private static IEnumerable<(string Key, string Member, IEnumerable<string> Values)> Rows(object[] sections, string prefix)
    {
        foreach (var property in sections[0].GetType().GetProperties().Where(property => property.Name != nameof(DeploymentOptions.Environment)))
        {
            var values = sections.Select(property.GetValue).ToArray();
            if (property.PropertyType.Namespace == typeof(DeploymentOptions).Namespace)
            {
                foreach (var row in Rows(values!, $"{prefix}{property.Name}:"))
                {
                    yield return row;
                }
            }
            else
            {
                yield return ($"{prefix}{property.Name}", $"P:{property.DeclaringType!.FullName}.{property.Name}", values.Select(Shown));
            }
        }
    }

    private static string Shown(object? value) => value switch
    {
        null => "",
        true => "on",
        false => "off",
        IEnumerable<string> list => string.Join(", ", list),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Spoken(XElement summary) => Blanks().Replace(string.Concat(summary.Nodes().Select(node => node switch
    {
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement reference => $"`{((string)reference.Attribute("cref")!).Split('.')[^1]}`",
        _ => node.ToString(),
    })), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
