using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Products.Catalogue;
using Mcp.Products.Catalogue;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Products;

public sealed class SearchCatalogTests(Shop shop) : IClassFixture<Shop>
{
    [Fact]
    [Trait("Requirement", "G2.2")]
    [Trait("Requirement", "G2.3")]
    public async Task Products_come_as_data_and_as_text()
    {
        var found = await shop.SearchAsync("""{"query":"wireless keyboard","filters":{"categories":["Keyboards"],"price":{"max":6000},"available":true}}""");

        found.IsError.ShouldBeFalse();
        found.Data["ucp"]!["status"]!.GetValue<string>().ShouldBe("success");
        JsonNode.DeepEquals(found.Data["products"], JsonNode.Parse(
            """
            [{"id":"kb-1","title":"Keyline Slim Wireless Keyboard","description":{"plain":""},"brand":"Keyline","categories":[{"value":"Electronics > Keyboards","taxonomy":"merchant"}],
            "price_range":{"min":{"amount":4999,"currency":"USD"},"max":{"amount":4999,"currency":"USD"}},"media":[],"options":[],
            "variants":[{"id":"kb-1","barcodes":[],"title":"Keyline Slim Wireless Keyboard","price":{"amount":4999,"currency":"USD"},"availability":{"available":true,"status":"in_stock"},"options":[]}],
            "tags":[],"metadata":{"specifications":{"Connection":"Wireless","Layout":"Tenkeyless"}}}]
            """)).ShouldBeTrue(found.Data.ToJsonString());
        found.Data["pagination"]!.ToJsonString().ShouldBe("""{"has_next_page":false,"total_count":1}""");
        found.Text.ShouldBe("1 product found.\n- Keyline Slim Wireless Keyboard by Keyline: 49.99 USD, in stock; Connection: Wireless; Layout: Tenkeyless [id: kb-1]");
    }

    [Theory]
    [Trait("Requirement", "G2.3")]
    [InlineData("""{}""", "kb-1 kb-2 kb-3 kt-1 ms-1 pn-1 sh")]
    [InlineData("""{"query":null,"filters":null,"pagination":{"cursor":null}}""", "kb-1 kb-2 kb-3 kt-1 ms-1 pn-1 sh")]
    [InlineData("""{"filters":{"brands":["norden"]}}""", "kb-3 ms-1")]
    [InlineData("""{"filters":{"specifications":{"Connection":"Wired"}}}""", "kb-2")]
    [InlineData("""{"filters":{"specifications":{"Connection":["Wired","Wireless"],"Layout":"Full size"}}}""", "kb-2 kb-3")]
    [InlineData("""{"filters":{"price":{"min":5000,"max":6000.0}},"context":{"currency":"eur","address_country":"AT"}}""", "kt-1")]
    [InlineData("""{"filters":{"price":{"max":4000}},"signals":{"dev.ucp.buyer_ip":"192.0.2.1"}}""", "kb-2 ms-1 pn-1 sh")]
    public async Task Arguments_are_taken_as_the_standards_have_them(string catalog, string ids) =>
        (await shop.SearchAsync(catalog)).Ids.Order().ShouldBe(ids.Split(' '));

    [Fact]
    public async Task Facets_say_what_to_narrow_by()
    {
        var found = await shop.SearchAsync("""{"query":"wireless","pagination":{"limit":1}}""");

        found.Data["facets"]!["brands"]!.ToJsonString().ShouldBe("""[{"value":"Norden","count":2},{"value":"Keyline","count":1}]""");
        found.Data["facets"]!["available"]!.GetValue<int>().ShouldBe(2);
        found.Text.ShouldContain("3 products found, 1 shown.");
        found.Text.ShouldContain("Brands: Norden (2), Keyline (1)");
    }

    [Fact]
    public async Task A_cursor_goes_on_where_the_page_ended()
    {
        var all = new List<string>();
        string? cursor = null;
        do
        {
            var page = await shop.SearchAsync($$"""{"query":"keyboard","pagination":{"limit":{{all.Count + 1}},"cursor":{{(cursor is null ? "null" : $"\"{cursor}\"")}} } }""");
            page.Data["pagination"]!["total_count"]!.GetValue<int>().ShouldBe(4);
            page.Data["pagination"]!["has_next_page"]!.GetValue<bool>().ShouldBe(page.Cursor is not null);
            all.AddRange(page.Ids);
            cursor = page.Cursor;
        }
        while (cursor is not null);

        all.ShouldBe((await shop.SearchAsync("""{"query":"keyboard"}""")).Ids);
    }

    [Fact]
    public async Task A_cursor_holds_for_its_search_only()
    {
        var cursor = (await shop.SearchAsync("""{"query":"keyboard","pagination":{"limit":1}}""")).Cursor;

        var other = await shop.SearchAsync($$"""{"query":"keyboard","filters":{"available":true},"pagination":{"cursor":"{{cursor}}"} }""");

        other.IsError.ShouldBeTrue();
        other.Message("cursor_of_another_search")["path"]!.GetValue<string>().ShouldBe("$.catalog.pagination.cursor");
        other.Text.ShouldContain("It belongs to another search.");
    }

    [Fact]
    public async Task A_cursor_ends_with_its_catalogue()
    {
        await using var host = await ProductsHost.StartAsync();
        await using var client = await host.ConnectAsync(TestContext.Current.CancellationToken);
        var arguments = new Dictionary<string, object?> { ["catalog"] = JsonNode.Parse("""{"pagination":{"limit":1}}""") };
        var first = await client.CallToolAsync("search_catalog", arguments, cancellationToken: TestContext.Current.CancellationToken);
        var cursor = first.StructuredContent!.Value.GetProperty("pagination").GetProperty("cursor").GetString();

        await host.Index.ReplaceAsync(new[] { Goods.Pan, Goods.Kettle }.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        arguments["catalog"] = JsonNode.Parse($$"""{"pagination":{"limit":1,"cursor":"{{cursor}}"} }""");
        var second = await client.CallToolAsync("search_catalog", arguments, cancellationToken: TestContext.Current.CancellationToken);

        second.IsError.ShouldBe(true);
        second.StructuredContent!.Value.GetRawText().ShouldContain("cursor_expired");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("////////////////////////////")]
    public async Task A_cursor_that_is_none_is_refused(string cursor) =>
        (await shop.SearchAsync($$"""{"pagination":{"cursor":"{{cursor}}"} }""")).ShouldSatisfyAllConditions(
            reply => reply.IsError.ShouldBeTrue(),
            reply => reply.Codes.ShouldHaveSingleItem().ShouldBeOneOf("invalid_cursor", "cursor_of_another_search"));

    [Fact]
    [Trait("Requirement", "G2.4")]
    public async Task Nothing_found_is_no_error_and_says_what_to_ask_for()
    {
        var nothing = await shop.SearchAsync("""{"query":"wireless keyboard","filters":{"brands":["Norden"],"price":{"max":5000}}}""");

        nothing.IsError.ShouldBeFalse();
        nothing.Ids.ShouldBeEmpty();
        nothing.Message("no_results")["type"]!.GetValue<string>().ShouldBe("info");
        var suggestion = nothing.Data["suggestions"]!.AsArray().Single(one => one!["value"]!.GetValue<string>() == "price" && one["arguments"]!["catalog"]!["filters"]!["price"] is null)!;
        suggestion["type"]!.GetValue<string>().ShouldBe("relax_filter");
        nothing.Text.ShouldContain("Nothing was found.");

        // What is suggested is sent as it is.
        var next = await shop.CallAsync("search_catalog", suggestion["arguments"]!.ToJsonString());
        next.Ids.ShouldBe(["kb-3"]);
        next.Data["pagination"]!["total_count"]!.GetValue<int>().ShouldBe(suggestion["count"]!.GetValue<int>());
    }

    [Fact]
    [Trait("Requirement", "G2.4")]
    public async Task Prices_meant_in_whole_dollars_are_told_from_those_in_cents()
    {
        var nothing = await shop.SearchAsync("""{"query":"wireless keyboard","filters":{"price":{"max":60}}}""");

        nothing.IsError.ShouldBeFalse();
        nothing.Message("minor_units")["content"]!.GetValue<string>().ShouldBe("Amounts are in the currency's smallest unit: 60 is 0.60 USD. If 60.00 USD was meant, send 6000.");
        nothing.ValidValues("minor_units").ShouldBe(["6000"]);
        (await shop.CallAsync("search_catalog", nothing.Data["suggestions"]![0]!["arguments"]!.ToJsonString())).Ids.ShouldBe(["kb-1"]);
    }

    [Fact]
    public async Task A_corrected_query_is_told()
    {
        var found = await shop.SearchAsync("""{"query":"wirless keyboard"}""");
        found.Message("query_corrected")["content"]!.GetValue<string>().ShouldBe("Searched for 'wireless keyboard' instead of 'wirless keyboard'.");
        found.Text.ShouldContain("Searched for 'wireless keyboard'");
    }

    [Fact]
    [Trait("Requirement", "G2.4")]
    public async Task An_unknown_category_is_an_error_with_those_like_it()
    {
        var refused = await shop.SearchAsync("""{"filters":{"categories":["Keybords"]}}""");

        refused.IsError.ShouldBeTrue();
        refused.Data["ucp"]!["status"]!.GetValue<string>().ShouldBe("error");
        refused.Message("unknown_category")["path"]!.GetValue<string>().ShouldBe("$.catalog.filters.categories");
        refused.ValidValues("unknown_category").ShouldContain("Electronics > Keyboards");
    }

    [Fact]
    [Trait("Requirement", "G2.4")]
    public async Task An_unknown_brand_finds_nothing_and_names_those_like_it()
    {
        var nothing = await shop.SearchAsync("""{"filters":{"brands":["Nordn"]}}""");
        (nothing.IsError, nothing.ValidValues("unknown_value").FirstOrDefault()).ShouldBe((false, "Norden"));
    }

    [Theory]
    [InlineData("""{"catalog":{"filters":{"price":{"min":5,"max":1}}}}""", "invalid_range", "$.catalog.filters.price")]
    [InlineData("""{"catalog":{"filters":{"price":{"max":-1}}}}""", "out_of_range", "$.catalog.filters.price.max")]
    [InlineData("""{"catalog":{"filters":{"price":{"max":59.99}}}}""", "out_of_range", "$.catalog.filters.price.max")]
    [InlineData("""{"catalog":{"filters":{"price":{"max":1e400}}}}""", "out_of_range", "$.catalog.filters.price.max")]
    [InlineData("""{"catalog":{"filters":{"price":{"max":"60"}}}}""", "invalid_type", "$.catalog.filters.price.max")]
    [InlineData("""{"catalog":{"filters":{"price":60}}}""", "invalid_type", "$.catalog.filters.price")]
    [InlineData("""{"catalog":{"filters":{"categories":"Keyboards"}}}""", "invalid_type", "$.catalog.filters.categories")]
    [InlineData("""{"catalog":{"filters":{"brands":["Norden",1]}}}""", "invalid_type", "$.catalog.filters.brands[1]")]
    [InlineData("""{"catalog":{"filters":{"available":"yes"}}}""", "invalid_type", "$.catalog.filters.available")]
    [InlineData("""{"catalog":{"filters":{"specifications":{"Connection":{}}}}}""", "invalid_type", "$.catalog.filters.specifications.Connection")]
    [InlineData("""{"catalog":{"query":1}}""", "invalid_type", "$.catalog.query")]
    [InlineData("""{"catalog":{"context":{"currency":"dollars"}}}""", "invalid_currency", "$.catalog.context.currency")]
    [InlineData("""{"catalog":{"pagination":{"limit":0}}}""", "out_of_range", "$.catalog.pagination.limit")]
    [InlineData("""{"catalog":{"pagination":{"limit":101}}}""", "out_of_range", "$.catalog.pagination.limit")]
    [InlineData("""{"catalog":"keyboard"}""", "invalid_type", "$.catalog")]
    [InlineData("""{"catalog":{"brand":"Norden"}}""", "unknown_argument", "$.catalog.brand")]
    [InlineData("""{"catalog":{},"query":"keyboard"}""", "unknown_argument", "$.query")]
    [InlineData("""{}""", "missing_argument", "$.catalog")]
    public async Task What_is_wrong_is_told_with_its_place(string arguments, string code, string path)
    {
        var refused = await shop.CallAsync("search_catalog", arguments);
        refused.IsError.ShouldBeTrue();
        refused.Message(code)["path"]!.GetValue<string>().ShouldBe(path);
        refused.Text.ShouldContain(path);
    }

    [Fact]
    public async Task All_faults_are_told_at_once() =>
        (await shop.SearchAsync("""{"query":1,"filters":{"available":"yes","price":{"min":2,"max":1}}}""")).Codes.ShouldBe(["invalid_type", "invalid_range", "invalid_type"]);

    [Fact]
    public async Task A_query_of_100_KB_is_refused_with_the_limit()
    {
        var refused = await shop.SearchAsync($$"""{"query":"{{new string('a', 100 * 1024)}}"}""");
        refused.IsError.ShouldBeTrue();
        refused.Text.ShouldContain($"at most {CatalogueSearch.MaxQueryLength}");
        refused.Text.Length.ShouldBeLessThan(500);
    }

    [Fact]
    public async Task A_name_of_100_KB_is_not_repeated() =>
        (await shop.SearchAsync($$"""{"{{new string('a', 100 * 1024)}}":1}""")).Text.Length.ShouldBeLessThan(500);
}
