using ServiceDefaults.Redaction;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Redaction;

[Trait("Requirement", "G6.4")]
public sealed class RedactorTests
{
    public static TheoryData<string> Secrets => [.. PlantedSecrets.All];

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_secret_is_taken_out_and_the_words_around_it_stay(string secret) =>
        Redactor.Mask($"before {secret}, after").ShouldBe("before [redacted], after");

    [Fact]
    public void Every_one_of_many_is_taken_out()
    {
        var masked = Redactor.Mask(PlantedSecrets.Sentence);

        PlantedSecrets.All.Append(PlantedSecrets.Bearer).ShouldAllBe(secret => !masked.Contains(secret, StringComparison.Ordinal));
    }

    // What is masked may be a megabyte that a caller made up: a model's name, a path, a header.
    [Theory]
    [InlineData("a")]
    [InlineData("a.")]
    [InlineData("-eyJ")]
    [InlineData("a@a.")]
    [InlineData("secret_")]
    [InlineData("password ")]
    [InlineData("bearer ")]
    [InlineData("Aa1/")]
    [InlineData("4 4")]
    public void To_mask_takes_a_time_that_grows_with_the_length_and_not_with_its_square(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 400_000 / part.Length));
        var started = TimeProvider.System.GetTimestamp();

        Redactor.Mask(text);

        // A second or so here, where it was minutes.
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(15));
    }

    [Theory]
    [InlineData("sk-abcdefgh12.jane@example.com", "[redacted][redacted]")]
    [InlineData("jane@example.com,john@example.org;+jim@example.net", "[redacted],[redacted];[redacted]")]
    [InlineData("token-eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2ln", "[redacted]")]
    [InlineData("https://example.com/a?token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0", "https://example.com/a?token=[redacted]")]
    public void Secrets_that_touch_are_all_taken_out(string text, string masked) => Redactor.Mask(text).ShouldBe(masked);

    [Theory]
    [InlineData("""{"password":"hunter2hunter2","x":1}""", """{"[redacted]","x":1}""")]
    [InlineData("aws_secret_access_key = wholly-unlike-a-key", "aws_[redacted]")]
    public void What_is_called_a_secret_is_one(string text, string masked) => Redactor.Mask(text).ShouldBe(masked);

    [Theory]
    [InlineData("local/microsoft/Phi-3-mini-4k-instruct did not answer (Unavailable, tried again in 100 ms): HTTP 503.")]
    [InlineData("req_0af7651916cd43dd8448eb211c80319c")]
    [InlineData("2a3bce0f5e1d2c3b4a59687766554433221100ff")]
    [InlineData("4111 1111 1111 1112 is no card, nor is 1795251600000, nor 01:23:45.678")]
    [InlineData("The risk-assessment of task-management at 192.168.0.1:8080 @ noon")]
    [InlineData("Send it in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).")]
    [InlineData("")]
    public void What_is_no_secret_stays_as_it_is(string text) => (Redactor.Mask(text), Redactor.IsClean(text)).ShouldBe((text, true));
}
