using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Products;

/// <summary><c>POST /admin/products/import</c>: through the gateway, to a product server of its own.</summary>
[Trait("Requirement", "G2.1")]
public sealed class ProductImportTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("product-import-");
    private ScriptedUpstream _upstream = null!;
    private ProductsHost _products = null!;
    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync(_ => Task.CompletedTask);
        _products = await ProductsHost.StartAsync(("Catalogue:File", ""), ("Catalogue:ReloadSeconds", "1"), ("Data:Directory", _data.FullName), ("GATEWAY_ADMIN_KEY", GatewayHost.AdminKey));
        _gateway = await GatewayHost.StartAsync(_upstream, ("services:products:http:0", _products.Address.AbsoluteUri));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _products.DisposeAsync();
        await _upstream.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_feed_becomes_the_catalogue_and_bad_rows_are_told_with_line_and_reason()
    {
        var (status, report) = await ImportAsync("format=csv&map=part_no%3Did&map=name%3Dtitle&currency=eur", "part_no,name,price\np-1,Torque wrench,5\np-2,,7\np-3,Socket,-1\np-1,Again,3\n");

        status.ShouldBe(HttpStatusCode.OK, report.ToJsonString());
        ((string)report["object"]!, (int)report["products"]!, (int)report["left_out"]!).ShouldBe(("catalogue.import", 1, 3));
        report["rows"]!.AsArray().Select(row => (long)row!["line"]!).ShouldBe([3, 4, 5]);
        report["rows"]!.AsArray().ShouldAllBe(row => ((string)row!["reason"]!).Length > 0);
        ((string)report["rows"]![2]!["reason"]!).ShouldBe("the id 'p-1' was there before");
        await FindAsync("torque wrench");
        using var admin = _gateway.AdminClient();
        var audit = JsonNode.Parse(await admin.GetStringAsync("/admin/audit?limit=1", Token))!["data"]![0]!;
        ((string)audit["action"]!, (string)audit["target"]!).ShouldBe(("products.import", "catalogue"));
    }

    [Theory]
    [InlineData("format=merchant-xml", "<rss><item><id>1</id><title>x</title><price>1 USD</price></item>", "invalid_feed", null)]
    [InlineData("format=csv", "id,title,price\n1,,\n", "invalid_feed", null)]
    [InlineData("", "id,title,price\n1,Pan,5\n", null, "format")]
    [InlineData("format=pdf", "id,title,price\n1,Pan,5\n", null, "format")]
    [InlineData("format=csv&currency=euros", "id,title,price\n1,Pan,5\n", null, "currency")]
    [InlineData("format=csv&map=x", "id,title,price\n1,Pan,5\n", null, "map")]
    public async Task What_cannot_be_taken_is_refused_and_the_catalogue_stays(string query, string feed, string? code, string? param)
    {
        var (status, answer) = await ImportAsync(query, feed);

        status.ShouldBe(HttpStatusCode.BadRequest, answer.ToJsonString());
        ((string?)answer["error"]!["code"], (string?)answer["error"]!["param"]).ShouldBe((code, param));
        File.Exists(Path.Combine(_data.FullName, "catalogue.jsonl")).ShouldBeFalse();
    }

    [Fact]
    public async Task It_takes_the_admin_key_at_both_and_a_catalogue_that_may_be_replaced()
    {
        using var caller = await _gateway.CallerClientAsync();
        using var feed = new StringContent("id,title,price\n1,Pan,5\n");
        using var refused = await caller.PostAsync(new Uri("/admin/products/import?format=csv", UriKind.Relative), feed, Token);
        using var anonymous = await _products.Http.PostAsync(new Uri("/import?format=csv", UriKind.Relative), feed, Token);
        await using var configured = await ProductsHost.StartAsync(("GATEWAY_ADMIN_KEY", GatewayHost.AdminKey));
        configured.Http.DefaultRequestHeaders.Authorization = new("Bearer", GatewayHost.AdminKey);
        using var conflict = await configured.Http.PostAsync(new Uri("/import?format=csv", UriKind.Relative), feed, Token);

        (refused.StatusCode, anonymous.StatusCode, conflict.StatusCode).ShouldBe((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.Conflict));
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> ImportAsync(string query, string feed)
    {
        using var admin = _gateway.AdminClient();
        using var content = new StringContent(feed, Encoding.UTF8, "text/plain");
        using var response = await admin.PostAsync(new Uri($"/admin/products/import?{query}", UriKind.Relative), content, Token);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!);
    }

    private async Task FindAsync(string query)
    {
        await using var client = await _products.ConnectAsync(Token);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var found = await client.CallToolAsync("search_catalog", new Dictionary<string, object?> { ["catalog"] = new { query } }, cancellationToken: Token);
            if (found.StructuredContent?.GetRawText().Contains("Torque wrench", StringComparison.Ordinal) == true)
            {
                return;
            }

            await tick.WaitForNextTickAsync(Token);
        }
    }
}
