using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Secrets;

/// <summary>Secrets that are missing, malformed or not to be had: their targets are not available and say why, the others serve.</summary>
public sealed class SecretProblemTests
{
    private const string Value = "sk-value-of-the-test";

    private static readonly (string Key, string Value)[] Another =
        [("Gateway:Models:other:Targets:0:Provider", "second"), ("Gateway:Models:other:Targets:0:Model", "phi"), ("Gateway:Providers:second:Type", "OpenAI")];

    [Fact]
    [Trait("Requirement", "D2.4")]
    public async Task A_missing_secret_makes_its_target_unavailable_until_it_is_there_and_the_others_serve()
    {
        await using var aws = await LoopbackAws.StartAsync();
        await using var second = await ScriptedUpstream.StartAsync(TwoTargets.AnswerAsync);
        await using var gateway = await SecretGateway.StartAsync(aws, settings: [.. Another, ("Gateway:Providers:second:BaseUrl", new Uri(second.Address, "v1").AbsoluteUri)]);
        using var caller = await gateway.Host.CallerClientAsync();
        var shown = await gateway.ShownAsync();

        ((bool)shown["available"]!).ShouldBeFalse();
        ((string)shown["reason"]!).ShouldBe("secret:prod/openai#api-key leads to nothing: there is no such secret in eu-central-1.");
        ((string)shown["remedy"]!).ShouldContain("Create it");
        gateway.Host.Log.Lines.ShouldContain(line => line.Message.Contains("there is no such secret in eu-central-1"));
        (await SecretGateway.CallAsync(caller)).ShouldBe(404);
        (await SecretGateway.CallAsync(caller, "other")).ShouldBe(200);

        await gateway.ChangedAfterAsync(() => aws.Put("prod/openai", $$"""{"api-key":"{{Value}}"}"""));

        ((bool)(await gateway.ShownAsync())["available"]!).ShouldBeTrue();
        (await SecretGateway.CallAsync(caller)).ShouldBe(200);
        gateway.Sent.ShouldBe([Value]);
    }

    [Theory]
    [InlineData("""{"other":"sk-value-of-the-test"}""", "names a key that the secret's JSON does not have")]
    [InlineData("""{"api-key":{"nested":"sk-value-of-the-test"}}""", "names a key that the secret's JSON does not have")]
    [InlineData("sk-value-of-the-test", "the secret is not a JSON object")]
    [InlineData("""["sk-value-of-the-test"]""", "the secret is not a JSON object")]
    [InlineData("""{"api-key":"  "}""", "what is there is blank")]
    [InlineData("""{"api-key":"sk-value-of-the-test\n"}""", "what is there holds a line break")]
    [InlineData("""{"api-key":"sk-value-\u0000of-the-test"}""", "what is there holds a control character")]
    [InlineData(null, "leads to a binary secret")]
    [Trait("Requirement", "D2.2")]
    public async Task A_malformed_secret_is_refused_with_its_reason_and_without_its_value(string? text, string reason)
    {
        await using var aws = await LoopbackAws.StartAsync();
        aws.Secrets["prod/openai"] = text is null ? new JsonObject { ["SecretBinary"] = "c2stdmFsdWU=" } : new JsonObject { ["SecretString"] = text };
        await using var gateway = await SecretGateway.StartAsync(aws);

        ((string)(await gateway.ShownAsync())["reason"]!).ShouldContain(reason);

        var said = await gateway.SaidAsync();
        said.ShouldContain(reason);
        said.ShouldNotContain("sk-value");
    }

    [Theory]
    [InlineData("AccessDeniedException", "does not let the gateway read secret:prod/openai#api-key in eu-central-1 (AccessDeniedException)", "secretsmanager:GetSecretValue")]
    [InlineData("InvalidRequestException", "is marked for deletion", "Restore it")]
    [InlineData("UnrecognizedClientException", "could not be read in eu-central-1 (UnrecognizedClientException)", "looks again")]
    [Trait("Requirement", "D2.4")]
    public async Task What_AWS_refuses_is_told_by_its_name(string code, string reason, string remedy)
    {
        await using var aws = await LoopbackAws.StartAsync();
        aws.Failing = (400, code);
        await using var gateway = await SecretGateway.StartAsync(aws);
        var shown = await gateway.ShownAsync();

        ((string)shown["reason"]!).ShouldContain(reason);
        ((string)shown["remedy"]!).ShouldContain(remedy);
        (await gateway.SaidAsync()).ShouldNotContain("In AWS's own words.");
    }

    [Fact]
    public async Task Credentials_that_sign_wrongly_make_the_secret_unreadable()
    {
        await using var aws = await LoopbackAws.StartAsync();
        aws.Put("prod/openai", $$"""{"api-key":"{{Value}}"}""");
        await using var gateway = await SecretGateway.StartAsync(aws, settings: ("AWS_SECRET_ACCESS_KEY", "another"));

        ((string)(await gateway.ShownAsync())["reason"]!).ShouldContain("InvalidSignatureException");
    }
}
