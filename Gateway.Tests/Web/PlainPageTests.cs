using System.Net;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Web;

/// <summary>What is served where the pages were not built: a form, without script.</summary>
public sealed class PlainPageTests(SimulatedGateway system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "V9.2")]
    public async Task It_offers_models_and_answers_a_question()
    {
        await using var web = await StartAsync(system.Gateway.Address);

        var page = await web.Http.GetStringAsync("/", Token);
        var answer = await AskAsync(web, "Reply with exactly: <b onclick=alert(1)>{0} & more</b>");

        page.ShouldContain("<option selected>phi-3-mini</option>");
        page.ShouldContain("<textarea");
        page.ShouldNotContain("<script");
        answer.ShouldContain("<p>&lt;b onclick=alert(1)&gt;{0} &amp; more&lt;/b&gt;</p>");
        answer.ShouldContain("(simulated: made up from the question, no model is loaded)");
    }

    [Fact]
    public async Task It_says_so_where_nothing_was_typed_or_the_gateway_is_away()
    {
        await using var web = await StartAsync(system.Gateway.Address);
        await using var alone = await StartAsync(new Uri("http://127.0.0.1:9"), ("GATEWAY_ADMIN_KEY", ""));

        (await AskAsync(web, "")).ShouldContain("Type a question");
        (await AskAsync(alone, "Hello")).ShouldContain("The gateway does not answer.");
    }

    [Fact]
    public async Task Its_styles_come_from_this_server()
    {
        await using var web = await StartAsync(system.Gateway.Address);

        using var styles = await web.Http.GetAsync("/plain.css", Token);

        styles.StatusCode.ShouldBe(HttpStatusCode.OK);
        styles.Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
    }

    private static Task<WebHost> StartAsync(Uri gateway, params (string Key, string Value)[] settings) =>
        WebHost.StartAsync(gateway, [("Demo:Client", "nothing-was-built"), .. settings]);

    private static async Task<string> AskAsync(WebHost web, string prompt)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["prompt"] = prompt, ["model"] = SimulatedGateway.ChatModel });
        using var answer = await web.Http.PostAsync("/", form, Token);
        return await answer.Content.ReadAsStringAsync(Token);
    }
}
