using Gateway.Tests.Hosts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ServiceDefaults.Aws;
using ServiceDefaults.Secrets;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Secrets;

/// <summary>Where references lead, and over which wire.</summary>
public sealed class SecretReferenceTests
{
    private const string Value = "sk-value-of-the-test";
    private const string SecretArn = "arn:aws:secretsmanager:us-west-2:123456789012:secret:prod/openai-AbCdEf";
    private const string ParameterArn = "arn:aws:ssm:us-west-2:123456789012:parameter/prod/openai";

    [Theory]
    [InlineData("env:NAME", true)]
    [InlineData("secret:prod/openai", true)]
    [InlineData("secret:prod/openai#api key", true)]
    [InlineData($"secret:{SecretArn}#api-key", true)]
    [InlineData("parameter:/prod/openai", true)]
    [InlineData($"parameter:{ParameterArn}", true)]
    [InlineData("env:", false)]
    [InlineData("secret:", false)]
    [InlineData("secret:#key", false)]
    [InlineData("secret:prod/openai#", false)]
    [InlineData("secret:prod openai", false)]
    [InlineData("parameter:", false)]
    [InlineData("parameter:/prod/openai#key", false)]
    [InlineData("parameter:/prod/openai\n", false)]
    [InlineData("sk-clear-text", false)]
    public void A_reference_has_one_of_three_forms(string reference, bool isValid) => SecretReference.IsValid(reference).ShouldBe(isValid);

    [Theory]
    [InlineData("secret:prod/openai", "eu-central-1/secretsmanager")]
    [InlineData($"secret:{SecretArn}", "us-west-2/secretsmanager")]
    [InlineData("parameter:/prod/openai", "eu-central-1/ssm")]
    [InlineData($"parameter:{ParameterArn}", "us-west-2/ssm")]
    [Trait("Requirement", "D2.1")]
    public async Task Names_and_ARNs_are_read_from_the_service_and_region_that_they_say(string reference, string scope)
    {
        await using var aws = await LoopbackAws.StartAsync();
        var id = reference[(reference.IndexOf(':', StringComparison.Ordinal) + 1)..];
        aws.Put(id, Value);
        aws.Parameters[id] = Value;
        await using var gateway = await SecretGateway.StartAsync(aws, reference);
        using var caller = await gateway.Host.CallerClientAsync();

        (await SecretGateway.CallAsync(caller)).ShouldBe(200);

        gateway.Sent.ShouldBe([Value]);
        aws.Scope.ShouldBe(scope);
    }

    [Fact]
    public async Task What_AWS_throttles_is_asked_for_again_after_a_pause()
    {
        await using var aws = await LoopbackAws.StartAsync();
        aws.Parameters["/prod/openai"] = Value;
        aws.FailOnce(400, "ThrottlingException");
        aws.FailOnce(503, "");
        await using var gateway = await SecretGateway.StartAsync(aws, "parameter:/prod/openai");
        using var caller = await gateway.Host.CallerClientAsync();

        (await SecretGateway.CallAsync(caller)).ShouldBe(200);

        aws.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task The_admin_key_may_be_a_secret()
    {
        await using var aws = await LoopbackAws.StartAsync();
        aws.Put("gateway", $$"""{"admin":"{{GatewayHost.AdminKey}}","api-key":"{{Value}}"}""");
        await using var gateway = await SecretGateway.StartAsync(aws, "secret:gateway#api-key", ("Gateway:Access:AdminKey", "secret:gateway#admin"), ("GATEWAY_ADMIN_KEY", ""));

        ((bool)(await gateway.ShownAsync())["available"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Settings_that_cannot_be_end_the_start_with_all_their_faults()
    {
        await using var aws = await LoopbackAws.StartAsync();

        var failure = await Should.ThrowAsync<OptionsValidationException>(() => SecretGateway.StartAsync(aws, settings: [("Secrets:RefreshSeconds", "0"), ("Secrets:ServiceUrl", "ftp://x")]));

        failure.Failures.ShouldBe(
            ["Secrets:RefreshSeconds: The field RefreshSeconds must be between 0.1 and 86400.", "Secrets:ServiceUrl is 'ftp://x'; it must be an http or https address."]);
    }

    [Fact]
    public async Task Parameters_under_a_path_come_page_by_page()
    {
        await using var aws = await LoopbackAws.StartAsync();
        var names = Enumerable.Range(10, 25).Select(number => $"/gateway/{number}").ToList();
        names.ForEach(name => aws.Parameters[name] = $"value of {name}");
        aws.Parameters["/other/1"] = "";
        using var credentials = new AwsCredentialSource(_ => Task.FromResult(new AwsCredentials(LoopbackAws.AccessKey, LoopbackAws.SecretAccessKey)), TimeProvider.System, NullLogger.Instance);
        credentials.Start();
        using var client = new ParameterStoreClient(credentials, "eu-central-1", aws.Address.AbsoluteUri, TimeProvider.System);

        var found = await client.GetByPathAsync("/gateway/", TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        found.ShouldBe(names.Select(name => new Parameter(name, $"value of {name}", 1)));
        aws.Calls.ShouldBe(3);
    }
}
