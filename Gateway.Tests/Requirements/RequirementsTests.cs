using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Requirements;

public sealed class RequirementsTests
{
    private static readonly string Page = Repository.PathOf("docs", "requirements.md");

    [Fact]
    public async Task The_page_of_requirements_says_what_the_tests_say()
    {
        var generated = RequirementsPage.Write(Requirement.All, Proof.All);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(Page, generated, TestContext.Current.CancellationToken);
        }

        var kept = await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken);
        (kept == generated).ShouldBeTrue("docs/requirements.md is not what the tests say. UPDATE_DOCS=1 ./test writes it anew.");
    }

    [Fact]
    public void Every_requirement_that_a_test_names_is_in_the_list() =>
        Proof.All.Where(proof => Requirement.All.All(requirement => requirement.Id != proof.Id)).ShouldBeEmpty();

    [Fact]
    public void Every_requirement_is_listed_once() =>
        Requirement.All.Select(requirement => requirement.Id).ShouldBeUnique();

    [Fact]
    public void A_requirement_lists_its_tests_in_order_and_one_without_a_test_shows_a_dash()
    {
        var page = RequirementsPage.Write([new("X1", "Does this"), new("X2", "Does that")], [new("X1", "B.Two"), new("X1", "A.One")]);

        page.ShouldEndWith("| X1 | Does this | `A.One`<br>`B.Two` |\n| X2 | Does that | — |\n");
    }
}
