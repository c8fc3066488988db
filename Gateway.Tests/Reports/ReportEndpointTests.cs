using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Gateway.Tests.Forecasts;
using Gateway.Tests.Hosts;
using Gateway.Tests.Ledger;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Reports;

public sealed class ReportEndpointTests : IAsyncLifetime
{
    private const string Script = "<script>alert(1)</script>";

    private SpendLedger _spend = null!;
    private CostHost _worker = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _spend = await SpendLedger.CreateAsync(Token);
        await _spend.AddAsync("acme", days: 30, ago => 2 + (0.1m * (ago % 4)), Token);
        await _spend.AddAsync(Script, days: 3, _ => 1, Token);
        await _spend.AddAsync("a|b\" onload=\"x", days: 2, _ => null, Token);
        _worker = await CostHost.StartAsync(_spend.Folder, redisPort: null, new StoppedClock(Events.Noon));
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _spend.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task A_page_shows_use_forecast_savings_and_unknown_costs_and_runs_no_name()
    {
        using var admin = _worker.AdminClient();
        using var response = await admin.GetAsync("/report?month=2026-11&by=tenant&budget_usd=70", Token);
        var page = await response.Content.ReadAsStringAsync(Token);

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; style-src 'unsafe-inline'");
        foreach (var words in (string[])["Usage of November 2026, by tenant", "<h2>Spend a day</h2>", "<h2>Forecast</h2>", "<h2>Savings</h2>", "<h2>Unknown costs</h2>", "The budget of $70.00 for the month is expected to run out on 2026-11-", "Too little history"])
        {
            page.ShouldContain(words);
        }

        page.ShouldContain("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>");
        page.ShouldNotContain("<script", Case.Insensitive);
        page.ShouldNotContain("\" onload");
        page.ShouldNotContain("http", Case.Insensitive);
    }

    [Fact]
    public async Task Charts_are_sound_and_their_bars_add_up()
    {
        using var admin = _worker.AdminClient();
        var page = await admin.GetStringAsync("/report?month=2026-11&by=tenant", Token);

        var charts = page.Split("<figure>").Skip(1).Select(part => XElement.Parse(part[..(part.IndexOf("</svg>", StringComparison.Ordinal) + 6)])).ToList();

        charts.Count.ShouldBe(2);
        charts[0].Descendants("rect").Select(bar => bar.Element("title")!.Value).Where(tip => tip.StartsWith("2026-11-20", StringComparison.Ordinal)).ShouldBe(
            ["2026-11-20 acme: $2.10", $"2026-11-20 {Script}: $1.00"]);
        charts[1].Elements().Select(one => (string?)one.Attribute("class")).Where(style => style is not (null or "grid")).ShouldBe(["in90", "in50", "expected", "actual"]);
    }

    [Theory]
    [InlineData("md", "text/markdown", "| \\<script\\>alert\\(1\\)\\</script\\> |")]
    [InlineData("csv", "text/csv", "\"a|b\"\" onload=\"\"x\",5,")]
    [InlineData("text", "text/plain", "Forecast of 2026-11-21 12:00 (UTC)")]
    public async Task Other_forms_are_given_by_name(string format, string type, string words)
    {
        using var admin = _worker.AdminClient();
        using var response = await admin.GetAsync($"/report?by=tenant&format={format}", Token);

        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain(words);
    }

    [Fact]
    public async Task Json_has_the_forecast_in_it_and_a_month_that_is_over_has_none()
    {
        using var admin = _worker.AdminClient();
        var now = JsonNode.Parse(await admin.GetStringAsync("/report?by=tenant,model&format=json", Token))!;
        var over = JsonNode.Parse(await admin.GetStringAsync("/report?month=2026-10&by=tenant&format=json", Token))!;

        now["forecast"]!["by"]!.ToJsonString().ShouldBe("""["tenant"]""");
        ((string)now["forecast"]!["total"]!["method"]!).ShouldNotBeEmpty();
        ((string)over["object"]!, over["forecast"]).ShouldBe(("usage", null));
    }

    [Theory]
    [InlineData("month=November", "month", "'November' is no month such as 2026-11.")]
    [InlineData("month=2026-11&from=2026-11-01", "month", "Ask for a month, or for from and to.")]
    [InlineData("from=x", "from", "'x' is no date")]
    [InlineData("by=colour", "by", "allowed, separated by commas: tenant, key,")]
    [InlineData("format=pdf", "format", "'pdf' is no format; allowed: text, html, md, json, csv.")]
    [InlineData("budget_usd=0", "budget_usd", "above 0 and at most 1000000000")]
    public async Task What_cannot_be_asked_is_refused_with_what_can(string query, string param, string words)
    {
        using var admin = _worker.AdminClient();
        using var response = await admin.GetAsync($"/report?{query}", Token);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["error"]!;

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)error["message"]!).ShouldContain(words);
        ((string)error["param"]!).ShouldBe(param);
    }

    [Theory]
    [InlineData(CostHost.AdminKey, HttpStatusCode.OK)]
    [InlineData("wrong", HttpStatusCode.Unauthorized)]
    public async Task A_browser_is_asked_for_the_admin_key_as_a_password(string key, HttpStatusCode status)
    {
        using var asked = await SendAsync(credentials: null);
        using var answered = await SendAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes($"anyone:{key}")));

        asked.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        asked.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Basic");
        answered.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task What_is_no_password_opens_nothing()
    {
        using var garbled = await SendAsync("no base64");
        using var alone = await SendAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(CostHost.AdminKey)));

        (garbled.StatusCode, alone.StatusCode).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized));
    }

    private async Task<HttpResponseMessage> SendAsync(string? credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/report");
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml");
        request.Headers.Authorization = credentials is null ? null : new("Basic", credentials);
        return await _worker.Http.SendAsync(request, Token);
    }
}
