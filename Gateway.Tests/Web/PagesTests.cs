using System.Net;
using System.Text.RegularExpressions;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Web;

/// <summary>How the built pages are served.</summary>
public sealed partial class PagesTests
{
    private static readonly Uri Nobody = new("http://127.0.0.1:9");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "V9.1")]
    public async Task The_page_comes_with_a_strict_policy_in_its_head_and_in_the_replys()
    {
        await using var web = await WebHost.StartAsync(Nobody);

        using var page = await web.Http.GetAsync("/", Token);
        var inHead = WebUtility.HtmlDecode(Policy().Match(await page.Content.ReadAsStringAsync(Token)).Groups[1].Value);
        var inReply = page.Headers.GetValues("Content-Security-Policy").Single();

        inReply.ShouldBe($"{inHead}; frame-ancestors 'none'");
        inHead.ShouldStartWith("default-src 'none'; script-src 'self';");
        inHead.ShouldNotContain("unsafe");
        page.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        page.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        page.Headers.CacheControl!.NoCache.ShouldBeTrue();
    }

    [Fact]
    public async Task Replies_that_are_passed_on_carry_the_policy_too()
    {
        await using var gateway = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "text/html";
            http.Response.Headers.ContentSecurityPolicy = "default-src *";
            await http.Response.Body.WriteAsync("<script>alert(1)</script>"u8.ToArray(), http.RequestAborted);
        });
        await using var web = await WebHost.StartAsync(gateway.Address);

        using var answer = await web.Http.GetAsync("/v1/files/file-1/content", Token);

        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldStartWith("default-src 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task Assets_are_compressed_and_good_for_ever()
    {
        await using var web = await WebHost.StartAsync(Nobody);
        var script = Script().Match(await web.Http.GetStringAsync("/", Token)).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Get, script);
        request.Headers.Add("Accept-Encoding", "br, gzip");

        using var asset = await web.Http.SendAsync(request, Token);

        asset.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        asset.Headers.CacheControl!.ToString().ShouldContain("immutable");
    }

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("src=\"(/assets/[^\"]+\\.js)\"")]
    private static partial Regex Script();
}
