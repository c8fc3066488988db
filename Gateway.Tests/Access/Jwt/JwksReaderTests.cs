using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Access.Jwt;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access.Jwt;

public sealed class JwksReaderTests
{
    [Theory]
    [InlineData("use", "enc")]
    [InlineData("alg", "RSA-OAEP")]
    [InlineData("kty", "oct")]
    [InlineData("n", "AQAB")]
    [InlineData("n", "no base64url!")]
    [InlineData("key_ops", "[\"encrypt\"]")]
    public async Task A_key_that_is_not_for_checking_signatures_or_too_weak_is_passed_over(string name, string value)
    {
        await using var issuer = await TestIssuer.StartAsync("one", "two");
        var key = issuer.Jwks["keys"]![0]!;
        key[name] = value.StartsWith('[') ? JsonNode.Parse(value) : value;

        var keys = Read(issuer.Jwks.ToJsonString());

        keys.Find("one", "RS256").ShouldBeEmpty();
        keys.Find("two", "RS256").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_key_for_one_algorithm_takes_no_other()
    {
        await using var issuer = await TestIssuer.StartAsync("one");
        issuer.Jwks["keys"]![0]!["alg"] = "PS256";

        var keys = Read(issuer.Jwks.ToJsonString());

        keys.Find("one", "PS256").ShouldHaveSingleItem();
        keys.Find("one", "RS256").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("<html>")]
    public void What_is_no_key_set_is_not_taken_for_an_empty_one(string text) => Should.Throw<JsonException>(() => Read(text));

    private static KeySet Read(string text) => JwksReader.Read(Encoding.UTF8.GetBytes(text));
}
