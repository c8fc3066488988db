using System.Collections.Concurrent;
using System.Diagnostics;
using Gateway.Tests.Hosts;
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

    private static async Task<LoopbackAws> StartAsync(string key)
    {
        var aws = await LoopbackAws.StartAsync();
        Put(aws, key);
        return aws;
    }

    private static void Put(LoopbackAws aws, string key) => aws.Put("prod/openai", $$"""{"api-key":"{{key}}","other":7}""");
}
