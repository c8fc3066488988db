using System.Text.Json.Nodes;
using Aws.Deployment.Tests.Hosts;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Verification;

public sealed class LoadCommandTests(RunningGateway gateway)
{
    [Theory]
    [InlineData("--max-tokens", "4")]
    [InlineData("--whole")]
    [Trait("Requirement", "D9")]
    public async Task A_load_tells_rate_percentiles_and_the_first_request_apart(params string[] how)
    {
        var run = await ToolRun.OfAsync(["load", "--url", gateway.Address.AbsoluteUri, "--api-key", gateway.Key, "--requests", "20", "--concurrency", "4", "--json", .. how]);

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        var report = JsonNode.Parse(run.Output)!;
        ((int)report["requests"]!).ShouldBe(20);
        ((int)report["concurrency"]!).ShouldBe(4);
        ((double)report["good_per_second"]!).ShouldBeGreaterThan(0);
        ((double)report["first_request"]!["ms"]!).ShouldBeGreaterThan(0);
        ((double)report["latency_ms"]!["p50"]!).ShouldBeLessThanOrEqualTo((double)report["latency_ms"]!["p99"]!);
        (report["first_token_ms"] is not null).ShouldBe(!how.Contains("--whole"));
        report["errors"]!.AsObject().Count.ShouldBe(0);
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Failures_are_counted_by_kind()
    {
        var asked = 0;
        await using var failing = await ScriptedUpstream.StartAsync(AnswerAsync);

        var run = await ToolRun.OfAsync("load", "--url", failing.Address.AbsoluteUri, "--api-key", "sk-gw-some", "--requests", "8", "--concurrency", "1");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("8 requests to");
        run.Output.ShouldContain("2 × 429 rate_limit_exceeded");
        run.Output.ShouldContain("2 × broken stream: upstream_error");
        run.Output.ShouldContain("2 × broken stream: no [DONE]");

        async Task AnswerAsync(HttpContext http)
        {
            var (status, body) = (asked++ % 4) switch
            {
                0 => (200, "data: {\"choices\":[{\"delta\":{\"content\":\"Hello\"}}]}\n\ndata: [DONE]\n\n"),
                1 => (429, """{"error":{"code":"rate_limit_exceeded"}}"""),
                2 => (200, "data: {\"error\":{\"code\":\"upstream_error\"}}\n\n"),
                _ => (200, "data: {\"choices\":[{\"delta\":{\"content\":\"Hel\"}}]}\n\n"),
            };
            http.Response.StatusCode = status;
            await http.Response.WriteAsync(body);
        }
    }
}
