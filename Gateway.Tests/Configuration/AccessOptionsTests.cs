using Gateway.Api.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Configuration;

public sealed class AccessOptionsTests
{
    [Theory]
    [InlineData("KeyStore", "Paper", "allowed: File, Redis, DynamoDB")]
    [InlineData("KeyStore", "Redis", "set ConnectionStrings:redis")]
    [InlineData("KeyTable", "a table", "3 to 255 letters")]
    [InlineData("KeyServiceUrl", "localhost:8000", "http or https address")]
    public void A_key_store_that_cannot_be_is_refused_by_name(string key, string value, string words)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new($"Gateway:Access:{key}", value)]).Build();

        var failure = Should.Throw<OptionsValidationException>(() => new LiveConfiguration(settings, NullLogger<LiveConfiguration>.Instance));

        failure.Failures.ShouldHaveSingleItem().ShouldStartWith($"Gateway:Access:{key}");
        failure.Message.ShouldContain(words);
    }
}
