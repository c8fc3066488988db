using System.Diagnostics.Metrics;
using Gateway.Api.Providers.Bedrock;
using Gateway.Api.Telemetry;
using Gateway.Tests.Hosts;
using Gateway.Tests.Hosts.Bedrock;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceDefaults.Aws;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Providers.Bedrock;

/// <summary>AWS credentials that are there, come late, expire or never come.</summary>
public sealed class CredentialTests
{
    private static readonly AwsCredentials Lasting = new("AKIDEXAMPLE", "secret");

    [Fact]
    public void Credentials_that_are_at_hand_are_there_at_once()
    {
        using var source = new AwsCredentialSource(_ => Task.FromResult(Lasting), TimeProvider.System, NullLogger.Instance);

        source.Start();

        source.Current.ShouldBe(Lasting);
        source.Problem.ShouldBeNull();
    }

    [Fact]
    public void Expired_credentials_are_none_and_say_so()
    {
        using var source = new AwsCredentialSource(_ => Task.FromResult(Lasting with { ExpiresAt = DateTimeOffset.UnixEpoch }), TimeProvider.System, NullLogger.Instance);

        source.Start();

        source.Current.ShouldBeNull();
        source.Problem.ShouldBe("those that were found expired at 1970-01-01 00:00:00Z, and AWS gave no newer ones");
    }

    [Fact]
    public void Credentials_that_run_out_make_their_provider_unusable_and_it_says_why()
    {
        var time = new ManualTime();
        var source = new AwsCredentialSource(_ => Task.FromResult(Lasting with { ExpiresAt = time.GetUtcNow().AddMinutes(15) }), time, NullLogger.Instance);
        using var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var settings = new BedrockSettings(
            new Uri("https://bedrock.example.com"), "eu-central-1", ApiKey: null, UsesAwsCredentials: true, TakesCallersTokens: false, FetchesImages: false, TimeSpan.FromSeconds(1), PropagatesTrace: false);
        using var provider = new BedrockProvider("bedrock", settings, source, new GatewayMetrics(meters.GetRequiredService<IMeterFactory>()), time, NullLogger<BedrockProvider>.Instance);
        source.Start();
        provider.Problem.ShouldBeNull();

        time.Advance(TimeSpan.FromMinutes(15));

        provider.Problem!.Reason.ShouldBe("There are no AWS credentials: those that were found expired at 2026-11-21 09:15:00Z, and AWS gave no newer ones.");
        provider.Problem.Remedy.ShouldContain("AWS_BEARER_TOKEN_BEDROCK");
    }

    [Fact]
    public async Task Credentials_that_come_late_are_told_of()
    {
        var found = new TaskCompletionSource<AwsCredentials>();
        var told = new TaskCompletionSource();
        using var source = new AwsCredentialSource(_ => found.Task, TimeProvider.System, NullLogger.Instance);
        source.Changed += told.SetResult;
        source.Start();
        source.Current.ShouldBeNull();

        found.SetResult(Lasting);

        await told.Task.WaitAsync(TestContext.Current.CancellationToken);
        source.Current.ShouldBe(Lasting);
    }

    [Fact]
    public void Where_there_are_none_the_reason_is_kept()
    {
        using var source = new AwsCredentialSource(_ => Task.FromException<AwsCredentials>(new InvalidOperationException("No profile.")), TimeProvider.System, NullLogger.Instance);

        source.Start();

        source.Problem.ShouldBe("No profile.");
    }

    [Fact]
    public async Task The_chain_takes_the_configuration_first()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("AWS_ACCESS_KEY_ID", "A"), new("AWS_SECRET_ACCESS_KEY", "S"), new("AWS_SESSION_TOKEN", "T")]).Build();

        (await new AwsCredentialChain(settings).FindAsync(TestContext.Current.CancellationToken)).ShouldBe(new AwsCredentials("A", "S", "T"));
    }

    [Fact]
    public void A_credential_does_not_print_its_secret() => new AwsCredentials("A", "S", "T").ToString().ShouldBe("A");

    [Fact]
    public async Task A_target_without_credentials_leaves_its_alias_to_the_others()
    {
        await using var model = await ModelHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(model);
        using var caller = await gateway.CallerClientAsync();

        using var response = await caller.PostAsync(
            "/v1/chat/completions", new StringContent("""{"model":"phi-3-mini","messages":[{"role":"user","content":"Hi"}]}""", System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        response.Headers.GetValues("x-gateway-target").Single().ShouldStartWith("local/");
        gateway.Log.Lines.Count(line => line.Message.Contains("Provider bedrock is used only for callers", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Temporary_credentials_are_signed_with_and_sent_with_their_token()
    {
        await using var gateway = await BedrockGateway.StartAsync(
            null, "m", apiKey: "", ("Gateway:Providers:bedrock:UseAwsCredentials", "true"), ("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "S"), ("AWS_SESSION_TOKEN", "T"));

        using var response = await gateway.ChatAsync();

        ((int)response.StatusCode).ShouldBe(200);
        gateway.Bedrock.Last.Authorization!.ShouldContain("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token");
    }
}
