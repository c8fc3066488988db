using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Hosts.Bedrock;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Endpoints;

/// <summary><c>GET /admin/providers</c>: which targets cannot be used, why, and what to do about it; the others serve.</summary>
public sealed class ProvidersTests
{
    private const string SecretKey = "aws-secret-of-the-test";

    private static readonly (string, string)[] AwsCredentials =
        [("Gateway:Providers:bedrock:UseAwsCredentials", "true"), ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", SecretKey), ("AWS_SESSION_TOKEN", "session-of-the-test")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "B8.2")]
    public async Task Targets_without_credentials_are_shown_with_reason_and_remedy_and_the_others_serve()
    {
        await using var targets = await TwoTargets.StartAsync(TwoTargets.AnswerAsync);

        using var response = await targets.CallAsync();
        var shown = await ShownAsync(targets.Gateway);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        ShouldBeAvailable(shown["phi-3-mini", TwoTargets.Primary]);
        ShouldBeAvailable(shown["phi-3-mini", TwoTargets.Fallback]);
        ShouldBeUnavailable(shown["gpt-4o", "openai/gpt-4o"], "env:OPENAI_API_KEY leads to no credential.", "OPENAI_API_KEY");
        ShouldBeUnavailable(shown["nova-lite", "bedrock/eu.amazon.nova-lite-v1:0"], "no API key", "AWS_BEARER_TOKEN_BEDROCK");
    }

    [Theory]
    [InlineData("ExpiredTokenException", "The security token included in the request is expired", "have expired", "Renew")]
    [InlineData("InvalidSignatureException", "Credential should be scoped to a valid region, not 'eu-central-1'. session-of-the-test", "for another region than eu-central-1", "Region")]
    [InlineData("UnrecognizedClientException", "The security token included in the request is invalid.", "does not accept the credentials in eu-central-1", "AWS_ACCESS_KEY_ID")]
    [InlineData("AccessDeniedException", "User is not authorized to perform bedrock:InvokeModel", "call the model in eu-central-1", "bedrock:InvokeModel")]
    public async Task Credentials_that_AWS_refuses_make_their_target_unavailable_and_the_next_one_answers(string error, string words, string reason, string remedy)
    {
        var isRefused = true;
        await using var local = await ScriptedUpstream.StartAsync(TwoTargets.AnswerAsync);
        await using var gateway = await BedrockGateway.StartAsync(
            exchange => isRefused ? exchange.ErrorAsync(403, error, words) : exchange.ContentAsync("end_turn", BedrockExchange.Text("Hello")),
            "m-1",
            apiKey: "",
            [.. AwsCredentials, ("Gateway:Providers:local:BaseUrl", new Uri(local.Address, "v1").AbsoluteUri), ("Gateway:Models:m:Targets:1:Provider", "local"), ("Gateway:Models:m:Targets:1:Model", "phi")]);

        using var refused = await gateway.ChatAsync();
        var shown = await ShownAsync(gateway.Gateway);
        isRefused = false;
        using var taken = await gateway.ChatAsync();

        refused.Headers.GetValues("x-gateway-target").ShouldBe(["local/phi"]);
        ShouldBeUnavailable(shown["m", "bedrock/m-1"], reason, remedy);
        ShouldBeAvailable(shown["m", "local/phi"]);
        shown.Text.ShouldNotContain(SecretKey);
        shown.Text.ShouldNotContain("session-of-the-test");
        taken.Headers.GetValues("x-gateway-target").ShouldBe(["bedrock/m-1"]);
        ShouldBeAvailable((await ShownAsync(gateway.Gateway))["m", "bedrock/m-1"]);
    }

    [Fact]
    public async Task A_credential_that_an_OpenAI_provider_refuses_makes_its_target_unavailable()
    {
        await using var targets = await TwoTargets.StartAsync(context => TwoTargets.FailAsync(context, 401, """{"error":{"message":"Incorrect API key provided: sk-upstream"}}"""));

        using var response = await targets.CallAsync();
        var shown = await ShownAsync(targets.Gateway);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        ShouldBeUnavailable(shown["phi-3-mini", TwoTargets.Primary], "refused the gateway's credential (HTTP 401)", "API key");
        shown.Text.ShouldNotContain("sk-upstream");
    }

    [Fact]
    public async Task A_target_whose_circuit_is_open_is_unavailable_until_it_is_well()
    {
        await using var targets = await TwoTargets.StartAsync(FailEvenItsHealthAsync, fallback: null, ("Gateway:Limits:Retries", "0"));
        for (var i = 0; i < 5; i++)
        {
            using var response = await targets.CallAsync();
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var shown = (await ShownAsync(targets.Gateway))["phi-3-mini", TwoTargets.Primary];

        ShouldBeUnavailable(shown, "Most of its last attempts failed", "let through");
        ((string?)shown["circuit"]).ShouldBe("open");
    }

    [Fact]
    public async Task A_target_that_asked_for_a_pause_is_unavailable_as_long_as_it_lasts()
    {
        await using var targets = await TwoTargets.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "60";
            return TwoTargets.FailAsync(context, 429);
        });
        using var response = await targets.CallAsync();

        ShouldBeUnavailable((await ShownAsync(targets.Gateway))["phi-3-mini", TwoTargets.Primary], "asked for a pause", "again in 60 s");
    }

    private static Task FailEvenItsHealthAsync(HttpContext context) => TwoTargets.FailAsync(context, 500);

    private static async Task<Shown> ShownAsync(GatewayHost gateway)
    {
        using var admin = gateway.AdminClient();
        return new Shown(await admin.GetStringAsync("/admin/providers", Token));
    }

    private static void ShouldBeAvailable(JsonNode target)
    {
        ((bool)target["available"]!).ShouldBeTrue(target.ToJsonString());
        target["reason"].ShouldBeNull();
        target["remedy"].ShouldBeNull();
    }

    private static void ShouldBeUnavailable(JsonNode target, string reason, string remedy)
    {
        ((bool)target["available"]!).ShouldBeFalse();
        ((string)target["reason"]!).ShouldContain(reason);
        ((string)target["remedy"]!).ShouldContain(remedy);
    }

    private sealed record Shown(string Text)
    {
        public JsonNode this[string alias, string target] =>
            JsonNode.Parse(Text)!["data"]!.AsArray().Single(shown => (string?)shown!["model"] == alias && (string?)shown["target"] == target)!;
    }
}
