using System.Net;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Web.Console;

/// <summary>What the console is told of the place it runs in.</summary>
[Trait("Requirement", "G4.2")]
public sealed class ConsoleSettingsTests
{
    private const string TraceUrl = "http://localhost:18888/traces/detail/{trace_id}";

    private static readonly Uri Nobody = new("http://127.0.0.1:9");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_traces_are_shown_is_told_where_it_is_configured()
    {
        await using var with = await WebHost.StartAsync(Nobody, ("Demo:TraceUrl", TraceUrl));
        await using var without = await WebHost.StartAsync(Nobody);

        (await with.Http.GetStringAsync("/console/settings.json", Token)).ShouldBe($$"""{"trace_url":"{{TraceUrl}}"}""");
        (await without.Http.GetStringAsync("/console/settings.json", Token)).ShouldBe("{}");
    }

    [Theory]
    [InlineData("http://localhost:18888/traces")]
    [InlineData("javascript:alert('{trace_id}')")]
    [InlineData("{trace_id}")]
    public async Task An_address_that_leads_to_no_trace_ends_the_start(string url)
    {
        var fault = await Should.ThrowAsync<OptionsValidationException>(() => WebHost.StartAsync(Nobody, ("Demo:TraceUrl", url)));

        fault.Message.ShouldBe($"Demo:TraceUrl is '{url}'; it must be an http or https address with {{trace_id}} in it.");
    }

    [Fact]
    public async Task The_console_is_served_with_the_same_policy_as_every_page()
    {
        await using var web = await WebHost.StartAsync(Nobody);

        using var page = await web.Http.GetAsync("/console/", Token);

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; script-src 'self';");
        (await page.Content.ReadAsStringAsync(Token)).ShouldContain("Console · AI Model Gateway");
    }
}
