using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Serverless;

/// <summary>The gateway where a process has one request at a time, as on AWS Lambda.</summary>
public sealed class ServerlessTests(RedisServerFixture redis) : IClassFixture<RedisServerFixture>
{
    private static readonly (string, string) OnLambda = ("AWS_LAMBDA_FUNCTION_NAME", "ai-gateway-dev-gateway");

    private (string, string) Redis => ("ConnectionStrings:redis", $"localhost:{redis.Port}");

    [Theory]
    [InlineData("SingleFlight")]
    [InlineData("EmbeddingGrouping")]
    [InlineData("BackgroundResponses")]
    [Trait("Requirement", "B2.1")]
    [Trait("Requirement", "G5.5")]
    public async Task What_needs_several_requests_at_once_is_off(string flag)
    {
        await using var elsewhere = await TwoTargets.StartAsync(TwoTargets.AnswerAsync);
        await using var here = await TwoTargets.StartAsync(TwoTargets.AnswerAsync, null, OnLambda);

        (await IsOnAsync(elsewhere, flag)).ShouldBeTrue();
        (await IsOnAsync(here, flag)).ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_wants_it_all_the_same_says_so()
    {
        await using var gateway = await TwoTargets.StartAsync(TwoTargets.AnswerAsync, null, OnLambda, ("Gateway:Flags:SingleFlight:Enabled", "true"));

        (await IsOnAsync(gateway, "SingleFlight")).ShouldBeTrue();
    }

    [Fact]
    public async Task One_line_says_what_is_otherwise()
    {
        await using var gateway = await TwoTargets.StartAsync(TwoTargets.AnswerAsync, null, OnLambda);

        gateway.Gateway.Log.Lines.Count(line => line.Message.StartsWith("On AWS Lambda a process has one request at a time: ", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    [Trait("Requirement", "G1.2")]
    public async Task What_some_processes_find_out_about_a_target_the_others_know()
    {
        var asked = 0;
        await using var one = await StartAsync(context => FailAsync(context));
        await using var other = await StartAsync(context => FailAsync(context));
        await using var third = await StartAsync(context =>
        {
            Interlocked.Increment(ref asked);
            return TwoTargets.AnswerAsync(context);
        });

        // Too few in either of them; together enough. Each is tried twice again.
        (await one.CallAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.CallAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var answer = await third.CallAsync();
        answer.Headers.GetValues("x-gateway-target").ShouldBe([TwoTargets.Fallback]);
        asked.ShouldBe(0);

        Task<TwoTargets> StartAsync(RequestDelegate primary) => TwoTargets.StartAsync(primary, null, OnLambda, Redis);

        static Task FailAsync(HttpContext context) => TwoTargets.FailAsync(context, 500);
    }

    [Fact]
    public async Task Without_Redis_requests_go_on()
    {
        await using var gateway = await TwoTargets.StartAsync(TwoTargets.AnswerAsync, null, OnLambda, ("ConnectionStrings:redis", "localhost:1,connectTimeout=100,abortConnect=false"), ("Gateway:Access:KeyStore", "File"));

        using var answer = await gateway.CallAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<bool> IsOnAsync(TwoTargets gateway, string flag)
    {
        using var admin = gateway.Gateway.AdminClient();
        var shown = JsonNode.Parse(await admin.GetStringAsync($"/admin/flags/{flag}", TestContext.Current.CancellationToken))!;
        return (bool)shown["enabled"]!;
    }
}
