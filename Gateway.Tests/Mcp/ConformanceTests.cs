using System.Text.RegularExpressions;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Mcp;

/// <summary>The official conformance suite against the HTTP binding: all that it scores, but what needs sessions, which revisions before 2026-07-28 had.</summary>
[Trait("Requirement", "G2.2")]
public sealed partial class ConformanceTests(ConformanceRun run) : IClassFixture<ConformanceRun>
{
    // The server would have to ask the client something on its own.
    private static readonly string[] NeedSessions = ["tools-call-sampling", "tools-call-elicitation", "elicitation-sep1034-defaults", "elicitation-sep1330-enums"];

    public static TheoryData<string> Newest => [.. ScoredIn("2026-07-28")];

    public static TheoryData<string> Before => [.. ScoredIn("2025-11-25").Except(NeedSessions)];

    [Theory]
    [MemberData(nameof(Newest))]
    public void What_2026_07_28_asks_for_is_there(string scenario) => run.ShouldHavePassed("2026-07-28", scenario);

    [Theory]
    [MemberData(nameof(Before))]
    public void What_2025_11_25_asks_for_is_there(string scenario) => run.ShouldHavePassed("2025-11-25", scenario);

    [Fact]
    public void All_that_is_scored_is_shown_here() => Newest.Count.ShouldBe(37);

    // The suite says itself what it scores:
    // server:
    //   - server-stateless
    private static IEnumerable<string> ScoredIn(string revision)
    {
        var file = Repository.PathOf("Gateway.Tests", "Mcp", "npm", "node_modules", "@modelcontextprotocol", "conformance", "requirements", $"{revision}.yaml");
        var section = ServerSection().Match(File.Exists(file) ? File.ReadAllText(file) : "");
        return section.Success ? section.Groups["name"].Captures.Select(capture => capture.Value) : ["the suite is missing; ./test installs it"];
    }

    [GeneratedRegex(@"^server:\n(  - (?<name>[\w-]+)\n)+", RegexOptions.Multiline)]
    private static partial Regex ServerSection();
}
