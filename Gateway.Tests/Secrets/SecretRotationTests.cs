using System.Collections.Concurrent;
using System.Diagnostics;
using Gateway.Tests.Hosts;
using Gateway.Tests.Hosts.Bedrock;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Secrets;

/// <summary>A secret that changes while requests flow.</summary>
public sealed class SecretRotationTests
{
    private const string Old = "sk-the-first-of-the-test";
    private const string New = "sk-the-second-of-the-test";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "D2.3")]
    [Trait("Requirement", "G6.4")]
    public async Task A_secret_rotated_under_load_fails_no_request_and_is_told_to_nobody()
    {
        var spans = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Enqueue($"{span.DisplayName} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(told => told.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        await using var aws = await StartAsync(Old);
        await using var gateway = await SecretGateway.StartAsync(aws);
        gateway.Wanted = Old;
        await using var load = new CallerLoad([gateway.Host.Address], await gateway.Host.CreateKeyAsync(), callersEach: 4);
        (await load.FaultsAsync(40, Token)).ShouldBeEmpty();

        Put(aws, New);
        gateway.Wanted = New;
        var during = await load.FaultsAsync(80, Token);
        var after = await load.EndAsync();

        during.ShouldBeEmpty();
        after.ShouldBeEmpty();
        gateway.Sent.Last().ShouldBe(New);
        var said = await gateway.SaidAsync();
        said.ShouldContain($"{SecretGateway.Reference} has changed");
        foreach (var secret in new[] { Old, New, LoopbackAws.SecretAccessKey })
        {
            said.ShouldNotContain(secret);
            spans.ShouldNotContain(span => span.Contains(secret));
        }
    }

    [Fact]
    [Trait("Requirement", "D2.1")]
    public async Task A_secret_is_refreshed_in_the_background()
    {
        await using var aws = await StartAsync(Old);
        await using var gateway = await SecretGateway.StartAsync(aws, settings: ("Secrets:RefreshSeconds", "0.1"));
        using var caller = await gateway.Host.CallerClientAsync();
        (await SecretGateway.CallAsync(caller)).ShouldBe(200);

        await gateway.ChangedAfterAsync(() => Put(aws, New));

        (await SecretGateway.CallAsync(caller)).ShouldBe(200);
        gateway.Sent.ShouldBe([Old, New]);
    }

    [Fact]
    public async Task A_provider_that_refuses_every_request_does_not_make_the_gateway_ask_AWS_at_every_request()
    {
        await using var aws = await StartAsync(Old);
        await using var gateway = await SecretGateway.StartAsync(aws);
        gateway.Wanted = New;
        using var caller = await gateway.Host.CallerClientAsync();
        var before = aws.Calls;
        var began = Stopwatch.GetTimestamp();

        for (var i = 0; i < 5; i++)
        {
            (await SecretGateway.CallAsync(caller)).ShouldBe(502);
        }

        aws.Calls.ShouldBeInRange(before + 1, before + 1 + (int)(Stopwatch.GetElapsedTime(began).TotalSeconds / 5));
        gateway.Sent.Count.ShouldBe(5);
    }

    [Fact]
    [Trait("Requirement", "D2.1")]
    public async Task While_AWS_is_away_the_last_known_secret_goes_on_and_one_line_says_so()
    {
        await using var aws = await StartAsync(Old);
        await using var gateway = await SecretGateway.StartAsync(aws, settings: ("Secrets:RefreshSeconds", "0.1"));
        using var caller = await gateway.Host.CallerClientAsync();

        aws.Failing = (500, "InternalServiceError");
        await aws.CalledAsync(aws.Calls + 9, Token);

        (await SecretGateway.CallAsync(caller)).ShouldBe(200);
        gateway.Sent.ShouldBe([Old]);
        gateway.Host.Log.Lines.Count(line => line.Message.StartsWith("A secret could not be read anew", StringComparison.Ordinal)).ShouldBe(1);
        ((bool)(await gateway.ShownAsync())["available"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task A_provider_that_is_given_another_reference_goes_on_with_its_secret_until_the_other_was_read()
    {
        await using var aws = await StartAsync(Old);
        aws.Parameters["/prod/openai"] = New;
        await using var gateway = await SecretGateway.StartAsync(aws);
        using var caller = await gateway.Host.CallerClientAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        aws.Gate = gate.Task;
        var configuration = (IConfigurationRoot)gateway.Host.Services.GetRequiredService<IConfiguration>();
        configuration["Gateway:Providers:local:ApiKey"] = "parameter:/prod/openai";

        configuration.Reload();
        (await SecretGateway.CallAsync(caller)).ShouldBe(200);
        await gateway.ChangedAfterAsync(gate.SetResult);
        (await SecretGateway.CallAsync(caller)).ShouldBe(200);

        gateway.Sent.ShouldBe([Old, New]);
    }

    [Fact]
    [Trait("Requirement", "D2.3")]
    public async Task Bedrock_gets_the_new_secret_when_it_refuses_the_old_one()
    {
        await using var aws = await StartAsync(Old);
        var wanted = Old;
        await using var gateway = await BedrockGateway.StartAsync(
            exchange => exchange.Authorization == $"Bearer {wanted}" ? exchange.ContentAsync("end_turn", BedrockExchange.Text("Hello")) : exchange.ErrorAsync(403, "AccessDeniedException", "No."),
            settings: [.. aws.Settings, ("Gateway:Providers:bedrock:ApiKey", SecretGateway.Reference)]);
        using var before = await gateway.ChatAsync();

        Put(aws, New);
        wanted = New;
        using var after = await gateway.ChatAsync();

        ((int)before.StatusCode).ShouldBe(200);
        ((int)after.StatusCode).ShouldBe(200);
        gateway.Bedrock.Exchanges.Select(exchange => exchange.Authorization).ShouldBe([$"Bearer {Old}", $"Bearer {Old}", $"Bearer {New}"]);
    }

    private static async Task<LoopbackAws> StartAsync(string key)
    {
        var aws = await LoopbackAws.StartAsync();
        Put(aws, key);
        return aws;
    }

    private static void Put(LoopbackAws aws, string key) => aws.Put("prod/openai", $$"""{"api-key":"{{key}}","other":7}""");
}
