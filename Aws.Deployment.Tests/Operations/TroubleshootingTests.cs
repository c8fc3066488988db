using System.Text.RegularExpressions;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Operations;

public sealed partial class TroubleshootingTests
{
    private const int Failures = 20;
    private const char Anything = '…';

    [Fact]
    [Trait("Requirement", "D10")]
    public void Every_message_of_the_guide_is_one_that_the_code_prints()
    {
        var messages = Messages();

        messages.Count.ShouldBeGreaterThanOrEqualTo(Failures);
        var code = string.Concat(new[] { "Aws.Deployment", "Gateway.Api" }.SelectMany(project => Directory.EnumerateFiles(Repository.PathOf(project), "*.cs", SearchOption.AllDirectories)).Append(Repository.PathOf("Demo.Web", "Client.targets")).Select(File.ReadAllText));
        messages.SelectMany(message => Fragments(message).Where(fragment => !code.Contains(fragment, StringComparison.Ordinal)).Select(fragment => $"'{fragment}' of '{message}'")).ShouldBeEmpty();
    }

    private static List<string> Messages() =>
        [.. File.ReadLines(Repository.PathOf("docs", "troubleshooting.md")).Select(line => FirstCell().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];

    private static IEnumerable<string> Fragments(string message) => message.Split(Anything).Select(fragment => fragment.Trim(' ', ',', ':', '.')).Where(fragment => fragment.Length > 2 && fragment != "FAILED chat");

    [GeneratedRegex("^\\| `([^`]+)`")]
    private static partial Regex FirstCell();
}
