using System.Reflection;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Web.Console;

/// <summary>The console as operators use it, in Chromium. What each case does is in <c>npm/console/cases</c>; pictures are in TestResults/screenshots.</summary>
public sealed class ConsoleTests(ConsoleRun browser) : IClassFixture<ConsoleRun>
{
    [Theory]
    [Trait("Requirement", "G4.5")]
    [InlineData("tasks: find who spent most: one click")]
    [InlineData("tasks: stop a runaway key: five clicks, the last of which says what it does")]
    [InlineData("tasks: see why p99 rose: three clicks to the slow requests of the target at fault")]
    [InlineData("tasks: roll a bad configuration back: three clicks")]
    [InlineData("tasks: compare two variants: one click")]
    public void Tasks(string name) => browser.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "G4.5")]
    [Trait("Requirement", "G6.5")]
    [Trait("Requirement", "G7.4")]
    [InlineData("live: a key made here calls a model, its request appears in the log, and it is stopped at once")]
    [InlineData("live: a configuration is put, in force, and rolled back; a wrong one is refused with its key")]
    [InlineData("live: products are brought in, and searched as an agent does")]
    [InlineData("live: every page shows what the system has, with nothing gone wrong")]
    public void Live(string name) => browser.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "G6.2")]
    [InlineData("access: a credential that does not do is told why in words")]
    [InlineData("access: the credential is in memory only: not in storage, not in the address, gone when loaded anew")]
    [InlineData("access: an address leads whoever is sent it to the same view")]
    [InlineData("access: a credential that expires while one works is asked for anew, and nothing typed is lost")]
    [InlineData("access: signing out takes everything away")]
    public void Access(string name) => browser.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "G7.2")]
    [Trait("Requirement", "G7.4")]
    [InlineData("editing: what is wrong is told, and leads to where it stands")]
    [InlineData("editing: a change is shown before it is made, and is made over the version that was seen")]
    [InlineData("editing: two operators at once: the later one is told, loses nothing, and can bring both together")]
    [InlineData("editing: one who was not told in time is refused, not the other overwritten")]
    [InlineData("editing: the gateway restarts mid-edit: it is said, the text stays, and goes through afterwards")]
    [InlineData("editing: what was typed is there again after a look at another page")]
    [InlineData("editing: the schema explains the key at the caret")]
    public void Editing(string name) => browser.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "G6.5")]
    [Trait("Requirement", "G7.5")]
    [InlineData("pages: a key is made, shown this once, changed, rotated and revoked")]
    [InlineData("pages: a tenant leads to its keys, and to its limits in the configuration")]
    [InlineData("pages: requests appear as they end, until one pauses")]
    [InlineData("pages: what fails to load says why and is tried again")]
    [InlineData("pages: where there is nothing it says so, and what to do")]
    [InlineData("pages: a batch is cancelled, a flag switched, after one was told what that does")]
    [InlineData("pages: a feed is imported, and the rows that were left out are told")]
    public void Pages(string name) => browser.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "G4.5")]
    [InlineData("safety: names that attack are shown as they are, on every page")]
    [InlineData("safety: nor do they in a spreadsheet: a cell that begins as a formula is a text")]
    public void Safety(string name) => browser.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "G4.5")]
    [InlineData("accessibility: axe finds nothing, light on a desktop")]
    [InlineData("accessibility: axe finds nothing, dark on a desktop")]
    [InlineData("accessibility: axe finds nothing, dark on a phone")]
    [InlineData("accessibility: nothing is cut off at 320 pixels")]
    [InlineData("accessibility: a key is stopped with the keyboard alone")]
    public void Accessibility(string name) => browser.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "G4.5")]
    [InlineData("figures: the first load is at most 200 KiB, and its first view is there within a second")]
    [InlineData("figures: ten thousand keys are listed, searched and scrolled smoothly")]
    [InlineData("figures: a day of minutes is drawn and read off without lag")]
    public void Figures(string name) => browser.ShouldHavePassed(name);

    [Fact]
    public void Every_case_that_the_browser_runs_is_shown_here()
    {
        var shown = typeof(ConsoleTests).GetMethods()
            .SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>()).Select(data => (string)data.Data[0]!);
        browser.Cases.ShouldBe(shown, ignoreOrder: true);
    }
}
