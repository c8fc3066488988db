using System.Reflection;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Web;

/// <summary>The playground as visitors use it, in Chromium. What each case does is in <c>npm/cases</c>; pictures are in TestResults/screenshots.</summary>
public sealed class PlaygroundTests(PlaygroundRun browser) : IClassFixture<PlaygroundRun>
{
    [Theory]
    [Trait("Requirement", "V9.1")]
    [Trait("Requirement", "V9.2")]
    [Trait("Requirement", "V9.3")]
    [InlineData("asking: a visitor without a key gets an answer and is told what it took")]
    [InlineData("asking: the answer streams in")]
    [InlineData("asking: Enter sends, Shift+Enter begins a line")]
    [InlineData("asking: an example is asked by a click")]
    [InlineData("asking: models that answer questions are offered")]
    [InlineData("asking: curl as shown gets the answer")]
    [InlineData("asking: TypeScript as shown gets the answer")]
    public void Asking(string name) => browser.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "V9.2")]
    [Trait("Requirement", "V9.3")]
    [InlineData("conversation: what was said before is sent along")]
    [InlineData("conversation: stop keeps what came, by button and by Escape")]
    [InlineData("conversation: an answer is asked for again")]
    [InlineData("conversation: a question is changed, and what followed from it goes")]
    [InlineData("conversation: answers, questions and code are copied")]
    [InlineData("conversation: a new one begins empty")]
    [InlineData("conversation: Markdown is the same whether it comes at once or letter by letter")]
    [InlineData("conversation: the end stays in view unless the reader has scrolled away")]
    public void Conversation(string name) => browser.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "V9.2")]
    [InlineData("settings: what is set is sent")]
    [InlineData("settings: what is not set is left to the model")]
    [InlineData("settings: a visitor may bring a key, which is sent and never shown or kept")]
    [InlineData("settings: a key that is not accepted is said to be, until it is cleared")]
    [InlineData("settings: on a phone they open over the conversation and close again")]
    [InlineData("settings: the theme is the system’s until another is chosen, which lasts")]
    public void Settings(string name) => browser.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "V9.3")]
    [InlineData("products: what was found is shown as cards, and the look-ups beside")]
    [InlineData("products: what the catalogue has is found")]
    public void Products(string name) => browser.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "V9.3")]
    [InlineData("errors: every refusal is told in words with what to do")]
    [InlineData("errors: too many requests: a countdown, then it can be tried again")]
    [InlineData("errors: a connection lost mid-answer: what came stays, the reason shows, trying again works")]
    [InlineData("errors: a stream that ends early or with an error is never taken for whole")]
    [InlineData("errors: a gateway that is away is said to be, and comes back by itself")]
    [InlineData("errors: an answer cut at its longest says so")]
    public void Errors(string name) => browser.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "V9.3")]
    [InlineData("safety: script in questions and answers never runs")]
    [InlineData("safety: nor in names of models, products and tools")]
    [InlineData("safety: nor in messages of errors")]
    [InlineData("safety: what is not of the expected type does no harm")]
    public void Safety(string name) => browser.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "V9.1")]
    [InlineData("accessibility: axe finds nothing, light on a desktop")]
    [InlineData("accessibility: axe finds nothing, light on a phone")]
    [InlineData("accessibility: axe finds nothing, dark on a desktop")]
    [InlineData("accessibility: axe finds nothing, dark on a phone")]
    [InlineData("accessibility: everything is done with the keyboard, and where one is shows")]
    [InlineData("accessibility: a screen reader is told of the end, not of every word")]
    [InlineData("accessibility: nothing moves for who does not want it")]
    [InlineData("accessibility: at 320 pixels and with doubled text nothing is cut off")]
    public void Accessibility(string name) => browser.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "V9.1")]
    [InlineData("figures: the first load is at most 120 KiB, stands still and is ready within a second")]
    [InlineData("figures: an answer of 4,000 tokens streams smoothly")]
    public void Figures(string name) => browser.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "V9.4")]
    [InlineData("hosting: the same files work from a bucket behind a proxy that adds the demo key")]
    public void Hosting(string name) => browser.ShouldHavePassed(name);

    [Fact]
    public void Every_case_that_the_browser_runs_is_shown_here()
    {
        var shown = typeof(PlaygroundTests).GetMethods()
            .SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>()).Select(data => (string)data.Data[0]!);
        browser.Cases.ShouldBe(shown, ignoreOrder: true);
    }
}
