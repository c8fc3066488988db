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
