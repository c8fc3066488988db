using System.Text.Json.Nodes;
using Aws.Deployment.Tests.Hosts;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Verification;

public sealed class VerifyCommandTests(RunningGateway gateway)
{
    private static readonly string[] Checks =
    [
        "health", "ready", "models", "model", "chat", "stream", "completions", "cors", "401 without a key", "401 with a wrong key",
        "404 for an unknown model", "404 for an unknown route", "400 for a bad request", "limits", "products",
    ];

    [Fact]
    [Trait("Requirement", "D4.1")]
    [Trait("Requirement", "D4.2")]
    [Trait("Requirement", "D4.3")]
    public async Task A_gateway_that_works_passes_every_check_at_its_own_address_and_below_v1()
    {
        var run = await ToolRun.OfAsync("verify", "--url", $"{gateway.Address}v1", "--api-key", gateway.Key, "--origin", RunningGateway.Origin, "--json");

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        var report = JsonNode.Parse(run.Output)!;
        report["checks"]!.AsArray().Select(check => (string)check!["name"]!).ShouldBe(Checks);
        report["checks"]!.AsArray().Where(check => (string)check!["outcome"]! != "passed").Select(check => (string)check!["name"]!).ShouldBe(["products"], run.Output);
        ((string)report["url"]!).ShouldBe(gateway.Address.AbsoluteUri);
    }

    [Fact]
    [Trait("Requirement", "D4.4")]
    public async Task A_check_that_fails_says_what_it_expected_and_what_came_and_the_others_are_run()
    {
        await using var broken = await ScriptedUpstream.StartAsync(AnswerAsync);

        var run = await ToolRun.OfAsync(new Dictionary<string, string> { ["OPENAI_API_KEY"] = "sk-gw-some" }, "verify", "--url", broken.Address.AbsoluteUri);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("passed   health");
        run.Output.ShouldContain("FAILED   chat");
        run.Output.ShouldContain("expected: HTTP 200 with a message, its usage and x-request-id");
        run.Output.ShouldContain("""got:      HTTP 502 {"error":{"message":"The upstream failed."}}""");
        run.Output.ShouldContain("FAILED   stream");
        run.Output.ShouldContain("FAILED   401 with a wrong key");
        run.Output.ShouldContain("pages of unknown origins may not call");
        run.Output.Split('\n').Count(line => line.StartsWith("  passed", StringComparison.Ordinal) || line.StartsWith("  FAILED", StringComparison.Ordinal) || line.StartsWith("  skipped", StringComparison.Ordinal)).ShouldBe(Checks.Length);

        static async Task AnswerAsync(HttpContext http)
        {
            http.Response.StatusCode = http.Request.Path == "/health" ? 200 : 502;
            await http.Response.WriteAsync("""{"error":{"message":"The upstream failed."}}""");
        }
    }

    [Fact]
    public async Task Nobody_listening_is_told_once_with_what_to_do()
    {
        var run = await ToolRun.OfAsync("verify", "--url", "http://127.0.0.1:1", "--api-key", "sk-gw-some");

        run.ExitCode.ShouldBe(1);
        run.Output.Split("Connection refused").Length.ShouldBe(2, run.Output);
        run.Output.ShouldContain("0 passed, 1 failed, 14 skipped");
        run.Output.ShouldContain("→ Nobody answers at http://127.0.0.1:1/: see that the address is right and the gateway runs");
    }

    [Theory]
    [InlineData("--url is 'nowhere'", "verify", "--url", "nowhere", "--api-key", "some")]
    [InlineData("Give --url URL, or --environment NAME", "verify", "--api-key", "some")]
    [InlineData("Give --url URL, or --environment NAME", "load", "--api-key", "some")]
    [InlineData("give --api-key, or set OPENAI_API_KEY", "verify", "--url", "http://localhost:8080")]
    [InlineData("--environment is 'staging'; it must be one of dev, test, prod.", "verify", "--environment", "staging", "--api-key", "some")]
    [InlineData("--name is 'bogus'; it must be one of openai-api-key, admin-key.", "rotate-secret", "--environment", "dev", "--name", "bogus")]
    [InlineData("'frobnicate' is no command; it must be one of publish, ", "frobnicate", "--environment", "dev")]
    [InlineData("--concurrency is '0'", "load", "--url", "http://localhost:8080", "--concurrency", "0")]
    [InlineData("give --api-key, or set OPENAI_API_KEY", "load", "--url", "http://localhost:8080")]
    public async Task What_is_not_understood_is_told_with_exit_code_2(string said, params string[] args)
    {
        var run = await ToolRun.OfAsync(args);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(said);
    }
}
