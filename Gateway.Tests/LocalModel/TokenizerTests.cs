using Local.Model.Tokens;
using Shouldly;
using Xunit;

namespace Gateway.Tests.LocalModel;

public sealed class TokenizerTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("Hello, world!", new[] { "Hell", "o", ",", " worl", "d", "!" })]
    [InlineData("  a\n\n b  ", new[] { "  a", "\n\n b", "  " })]
    [InlineData("naïve 😀👍 12345", new[] { "naïv", "e", " 😀", "👍", " 1234", "5" })]
    public void Tokens_join_to_the_text(string text, string[] expected)
    {
        var tokens = new TokenSequence(text);
        Enumerable.Range(0, tokens.Count).Select(index => tokens[index].ToString()).ShouldBe(expected);
        Tokenizer.Count(text).ShouldBe(expected.Length);
        tokens.Take(2).ShouldBe(string.Concat(expected.Take(2)));
    }
}
