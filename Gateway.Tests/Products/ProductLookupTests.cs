using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Products;

public sealed class ProductLookupTests(Shop shop) : IClassFixture<Shop>
{
    [Fact]
    [Trait("Requirement", "G2.2")]
    public async Task A_product_comes_with_all_that_is_known_of_it()
    {
        var found = await shop.CallAsync("get_product", """{"catalog":{"id":"sh-l"}}""");

        found.IsError.ShouldBeFalse();
        var product = found.Data["product"]!;
        product["id"]!.GetValue<string>().ShouldBe("sh");
        product["variants"]![1]!.ToJsonString().ShouldBe(
            """{"id":"sh-l","barcodes":[],"title":"Linen Shirt L","price":{"amount":9000,"currency":"USD"},"list_price":{"amount":9900,"currency":"USD"},"availability":{"available":true,"status":"in_stock"},"options":[{"name":"Size","label":"L"}]}""");
        product["rating"]!.ToJsonString().ShouldBe("""{"value":4.25,"scale_max":5,"count":12}""");
        found.Text.ShouldBe(
            """
            Linen Shirt
            id: sh
            Brand: Harrow
            Price: 40.00 USD to 90.00 USD
            Availability: in stock
            Categories: Clothing > Shirts
            Rating: 4.3 of 5 by 12
            Page: https://shop.example/linen-shirt
            Variants:
            - Linen Shirt M: 40.00 USD, out of stock [id: sh-m]
            - Linen Shirt L: 90.00 USD, in stock [id: sh-l]
            """);
    }

    [Fact]
    public async Task An_id_that_is_not_there_is_told_with_those_like_it()
    {
        var refused = await shop.CallAsync("get_product", """{"catalog":{"id":"kb-9"}}""");
        refused.IsError.ShouldBeTrue();
        refused.Message("not_found")["path"]!.GetValue<string>().ShouldBe("$.catalog.id");
        refused.ValidValues("not_found").ShouldBe(["kb-1", "kb-2", "kb-3"]);
    }

    [Fact]
    [Trait("Requirement", "G2.2")]
    public async Task Several_products_come_in_the_order_of_their_ids_and_missing_ones_are_told()
    {
        var found = await shop.CallAsync("lookup_catalog", """{"catalog":{"ids":["ms-1","kb-9","sh-m"]},"meta":{"ucp-agent":{"profile":"https://agent.example"}}}""");
        found.IsError.ShouldBeFalse();
        found.Ids.ShouldBe(["ms-1", "sh"]);
        found.Message("not_found")["path"]!.GetValue<string>().ShouldBe("$.catalog.ids[1]");
        found.Text.ShouldContain("There is no product 'kb-9'. Try: kb-1, kb-2, kb-3.");
    }

    [Theory]
    [InlineData("lookup_catalog", """{"catalog":{"ids":["nothing"]}}""", "not_found")]
    [InlineData("lookup_catalog", """{"catalog":{"ids":[]}}""", "missing_argument")]
    [InlineData("lookup_catalog", """{"catalog":{"ids":"kb-1"}}""", "invalid_type")]
    [InlineData("lookup_catalog", """{"catalog":{"id":"kb-1"}}""", "unknown_argument")]
    [InlineData("lookup_catalog", "{}", "missing_argument")]
    [InlineData("get_product", "{}", "missing_argument")]
    [InlineData("get_product", """{"catalog":{"id":""}}""", "missing_argument")]
    [InlineData("get_product", """{"catalog":{"id":7}}""", "invalid_type")]
    [InlineData("get_product", """{"id":"kb-1"}""", "unknown_argument")]
    [InlineData("list_categories", """{"under":"Home"}""", "unknown_argument")]
    public async Task What_is_wrong_is_told(string tool, string arguments, string code)
    {
        var refused = await shop.CallAsync(tool, arguments);
        refused.IsError.ShouldBeTrue();
        refused.Codes.ShouldContain(code);
    }

    [Fact]
    public async Task More_ids_than_are_taken_are_refused() =>
        (await shop.CallAsync("lookup_catalog", $$"""{"catalog":{"ids":[{{string.Join(',', Enumerable.Repeat("\"kb-1\"", 51))}}]} }""")).Message("too_many")["content"]!.GetValue<string>().ShouldContain("at most 50");

    [Fact]
    public async Task Categories_are_listed_with_their_products()
    {
        var listed = await shop.CallAsync("list_categories", "{}");
        listed.Data["categories"]!.AsArray().Select(category => category!.ToJsonString()).ShouldContain("""{"value":"Home \u003E Kitchen","count":2}""");
        listed.Text.ShouldContain("- Home > Kitchen (2)");
    }

    [Fact]
    public async Task A_tool_that_is_not_there_is_told_with_those_that_are()
    {
        var refused = await Should.ThrowAsync<McpProtocolException>(() => shop.CallAsync("buy_product", "{}"));
        (refused.ErrorCode, refused.Message.Contains("search_catalog, lookup_catalog, get_product, list_categories", StringComparison.Ordinal)).ShouldBe((McpErrorCode.InvalidParams, true));
    }

    [Fact]
    public async Task Tools_are_described_for_models_and_only_read()
    {
        var tools = await shop.Client.ListToolsAsync(new ListToolsRequestParams(), TestContext.Current.CancellationToken);
        tools.Tools.Select(tool => tool.Name).ShouldBe(["search_catalog", "lookup_catalog", "get_product", "list_categories"]);
        tools.Tools.ShouldAllBe(tool => tool.Description!.Length > 50 && tool.Title != null && tool.Annotations!.ReadOnlyHint == true && tool.OutputSchema != null);
        (tools.TimeToLive, tools.CacheScope).ShouldBe((TimeSpan.FromHours(1), CacheScope.Public));
    }
}
