using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Clients;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access.Jwt;

/// <summary>Tokens made by jose, from npm.</summary>
public sealed class JoseTests(SimulatedGateway system)
{
    private const string Secret = "thirty-two bytes and a few more of them";
    private const string SharedIssuer = "https://shared.test";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G6.1")]
    public async Task Tokens_of_all_four_algorithms_open_the_gateway()
    {
        var shared = TestIssuer.Claims();
        shared["iss"] = SharedIssuer;
        var made = await NodeScript.RunAsync(
            "jose.mjs",
            new JsonObject
            {
                ["secret"] = Secret,
                ["tokens"] = new JsonArray(
                [
                    Wanted("HS256", shared), Wanted("RS256", TestIssuer.Claims()), Wanted("PS256", TestIssuer.Claims()), Wanted("ES256", TestIssuer.Claims()),
                ]),
            },
            Token);
        await using var issuer = await TestIssuer.StartAsync();
        issuer.Jwks = made["jwks"]!.DeepClone().AsObject();
        await using var gateway = await GatewayHost.StartAsync(
            system.Model,
            issuer.Settings(
                ("Gateway:Access:Jwt:Issuers:0:Algorithms:1", "PS256"),
                ("Gateway:Access:Jwt:Issuers:0:Algorithms:2", "ES256"),
                ("Gateway:Access:Jwt:Issuers:1:Issuer", SharedIssuer),
                ("Gateway:Access:Jwt:Issuers:1:Audience", TestIssuer.Audience),
                ("Gateway:Access:Jwt:Issuers:1:Algorithms:0", "HS256"),
                ("Gateway:Access:Jwt:Issuers:1:Key", "env:SHARED_KEY"),
                ("SHARED_KEY", Secret)));

        foreach (var token in made["tokens"]!.AsArray().Select(token => (string)token!))
        {
            using var caller = gateway.ClientWith(token);
            using var answer = await caller.PostAsJsonAsync(
                "/v1/chat/completions", new { model = SimulatedGateway.ChatModel, messages = new[] { new { role = "user", content = "Hello" } } }, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, token);
        }
    }

    private static JsonObject Wanted(string algorithm, JsonObject claims) => new() { ["alg"] = algorithm, ["kid"] = $"key-{algorithm}", ["claims"] = claims };
}
