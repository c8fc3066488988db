using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.PassThrough;

/// <summary>What a caller is told where passing on goes wrong.</summary>
[Trait("Requirement", "B7.1")]
public sealed class PassThroughFailureTests
{
    private const string Secret = "Incorrect API key provided: sk-of-the-gateway";

    [Theory]
    [InlineData(401, 502, "upstream_error")]
    [InlineData(403, 502, "upstream_error")]
    [InlineData(500, 502, "upstream_error")]
    [InlineData(503, 503, "no_target_available")]
    public async Task A_failure_of_the_providers_is_told_in_OpenAIs_form_and_never_as_the_callers_fault(int status, int told, string code)
    {
        await using var upstream = await ScriptedUpstream.StartAsync(context =>
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=provider";
            return TwoTargets.FailAsync(context, status, status < 500 ? $$$"""{"error":{"message":"{{{Secret}}}"}}""" : "{}");
        });
        await using var gateway = await GatewayHost.StartAsync(upstream, ("Gateway:PassThrough", "local"));

        using var caller = await gateway.CallerClientAsync();
        using var response = await caller.GetAsync("/v1/uploads", TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(told);
        response.Headers.WwwAuthenticate.ShouldBeEmpty();
        response.ReasonPhrase.ShouldNotBe("Unauthorized");
        (await ErrorOfAsync(response))["code"]!.ToString().ShouldBe(code);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain(Secret);
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_is_said_to_be()
    {
        var upstream = await ScriptedUpstream.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await GatewayHost.StartAsync(upstream, ("Gateway:PassThrough", "local"));
        await upstream.DisposeAsync();

        using var caller = await gateway.CallerClientAsync();
        using var response = await caller.PostAsJsonAsync("/v1/images/generations", new { model = "painter" }, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(503);
        (await ErrorOfAsync(response))["message"]!.ToString().ShouldStartWith("local/painter cannot be reached");
    }

    [Fact]
    public async Task A_provider_that_says_nothing_is_waited_for_as_long_as_the_operator_allows()
    {
        await using var upstream = await ScriptedUpstream.StartAsync(TwoTargets.SayNothingAsync);
        await using var gateway = await GatewayHost.StartAsync(upstream, ("Gateway:PassThrough", "local"), ("Gateway:Limits:PassThroughIdleTimeoutSeconds", "1"));

        using var caller = await gateway.CallerClientAsync();
        using var response = await caller.GetAsync("/v1/uploads", TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(504);
        (await ErrorOfAsync(response))["code"]!.ToString().ShouldBe("timeout");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reply_that_breaks_off_breaks_off_for_the_caller(bool declaresLength)
    {
        await using var upstream = await ScriptedUpstream.StartAsync(async context =>
        {
            context.Response.ContentLength = declaresLength ? 100 : null;
            await context.Response.WriteAsync("beginning");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await using var gateway = await GatewayHost.StartAsync(upstream, ("Gateway:PassThrough", "local"));

        using var caller = await gateway.CallerClientAsync();

        await Should.ThrowAsync<HttpRequestException>(() => caller.GetStringAsync("/v1/uploads/upload-1/content", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_provider_without_its_credential_is_no_target()
    {
        await using var upstream = await ScriptedUpstream.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await GatewayHost.StartAsync(upstream, ("Gateway:PassThrough", "openai"));

        using var caller = await gateway.CallerClientAsync();
        using var response = await caller.GetAsync("/v1/uploads", TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(503);
        (await ErrorOfAsync(response))["code"]!.ToString().ShouldBe("no_target_available");
    }

    private static async Task<JsonNode> ErrorOfAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["error"]!;
}
