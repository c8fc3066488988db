using System.Net;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access.Jwt;

/// <summary>Issuers that are away, or that are not configured as they have to be.</summary>
public sealed class JwtIssuerTests(SimulatedGateway system)
{
    [Fact]
    [Trait("Requirement", "G6.2")]
    public async Task While_the_keys_cannot_be_read_tokens_of_known_ones_are_good_and_others_are_not()
    {
        await using var issuer = await TestIssuer.StartAsync("one", "two");
        await using var gateway = await GatewayHost.StartAsync(system.Model, issuer.Settings());
        (await gateway.StatusAsync(issuer.Token("one"))).ShouldBe(HttpStatusCode.OK);
        issuer.IsDown = true;
        await using var late = await GatewayHost.StartAsync(system.Model, issuer.Settings());

        (await gateway.StatusAsync(issuer.Token("two"))).ShouldBe(HttpStatusCode.OK);
        (await late.StatusAsync(issuer.Token("one"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Issuers:0:Audience", "", "Audience is missing")]
    [InlineData("Issuers:0:Algorithms:0", "HS256", "allowed with JwksUrl: RS256, PS256, ES256")]
    [InlineData("Issuers:0:Algorithms:0", "none", "allowed with JwksUrl: RS256, PS256, ES256")]
    [InlineData("Issuers:0:JwksUrl", "http://keys.example.com/jwks", "must be an https address")]
    [InlineData("Issuers:0:Key", "env:KEY", "one of JwksUrl and Key")]
    [InlineData("Issuers:0:ClockSkewSeconds", "301", "ClockSkewSeconds")]
    [InlineData("Issuers:0:AdminClaim", "admin", "claim=value")]
    public async Task An_issuer_that_cannot_be_ends_the_start_by_the_name_of_its_fault(string key, string value, string words)
    {
        await using var issuer = await TestIssuer.StartAsync();

        var failure = await Should.ThrowAsync<OptionsValidationException>(() => GatewayHost.StartAsync(system.Model, issuer.Settings(($"Gateway:Access:Jwt:{key}", value))));

        failure.Failures.ShouldHaveSingleItem().ShouldContain(words);
        failure.Message.ShouldStartWith("Gateway:Access:Jwt:Issuers:0");
    }
}
