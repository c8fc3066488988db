using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Telemetry;

[Trait("Requirement", "G6.4")]
public sealed class ContentLogTests
{
    private const string Prompt = "a recipe for plum cake";
    private const string Category = "Gateway.SensitiveContent";

    [Theory]
    [InlineData(true, "Trace", true)]
    [InlineData(true, "Debug", false)]
    [InlineData(false, "Trace", false)]
    public async Task What_a_caller_asks_is_logged_where_both_its_key_and_the_level_say_so(bool isAllowed, string level, bool isLogged)
    {
        await using var upstream = await ScriptedUpstream.StartAsync(TwoTargets.AnswerAsync);
        await using var gateway = await GatewayHost.StartAsync(upstream, ($"Logging:LogLevel:{Category}", level));

        await AskAsync(gateway, isAllowed);

        gateway.Log.Lines.Any(line => line.Category == Category && line.Message.Contains(Prompt, StringComparison.Ordinal)).ShouldBe(isLogged);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_provider_quotes_of_a_prompt_is_logged_only_where_the_key_says_so(bool isAllowed)
    {
        await using var upstream = await ScriptedUpstream.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync($$$"""{"error":{"message":"Not wanted: '{{{Prompt}}}' for phi-3-mini."}}""");
        });
        await using var gateway = await GatewayHost.StartAsync(upstream);

        await AskAsync(gateway, isAllowed);

        gateway.Log.Lines.Single(line => line.Message.Contains("rejected the request", StringComparison.Ordinal)).Message.ShouldBe(
            $"phi-3-mini: {TwoTargets.Primary} rejected the request: Not wanted: '{(isAllowed ? Prompt : "[redacted]")}' for phi-3-mini.");
    }

    private static async Task AskAsync(GatewayHost gateway, bool isAllowed)
    {
        using var caller = gateway.ClientWith(await gateway.CreateKeyAsync(new { name = "test", metadata = new { log_content = isAllowed } }));
        using var response = await caller.PostAsync(
            "/v1/chat/completions", new StringContent($$"""{"model":"phi-3-mini","messages":[{"role":"user","content":"{{Prompt}}"}]}""", null, "application/json"), TestContext.Current.CancellationToken);
    }
}
