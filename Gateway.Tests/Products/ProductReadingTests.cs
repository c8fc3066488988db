using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Products;

/// <summary>Resources, the prompt and completions.</summary>
[Trait("Requirement", "G2.2")]
public sealed class ProductReadingTests(Shop shop) : IClassFixture<Shop>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_product_is_read_at_its_address()
    {
        (await shop.Client.ListResourceTemplatesAsync(cancellationToken: Cancel)).Select(template => template.UriTemplate).ShouldBe(["product://{id}"]);

        var read = await shop.Client.ReadResourceAsync("product://{id}", new Dictionary<string, object?> { ["id"] = "kb-2" }, cancellationToken: Cancel);

        var contents = read.Contents.ShouldHaveSingleItem().ShouldBeOfType<TextResourceContents>();
        (contents.Uri, contents.MimeType).ShouldBe(("product://kb-2", "application/json"));
        JsonNode.Parse(contents.Text)!["title"]!.GetValue<string>().ShouldBe("Keyline Office Keyboard");
        (read.TimeToLive, read.CacheScope).ShouldBe((TimeSpan.FromSeconds(60), CacheScope.Public));
    }

    [Fact]
    public async Task The_categories_are_a_resource()
    {
        (await shop.Client.ListResourcesAsync(cancellationToken: Cancel)).Select(resource => resource.Uri).ShouldBe(["catalog://categories"]);
        var read = await shop.Client.ReadResourceAsync("catalog://categories", cancellationToken: Cancel);
        JsonNode.Parse(((TextResourceContents)read.Contents[0]).Text)!["categories"]![0]!["value"]!.GetValue<string>().ShouldBe("Clothing");
    }

    [Theory]
    [InlineData("product://kb-9", "Try: kb-1, kb-2, kb-3.")]
    [InlineData("product://", "1 to 200 characters")]
    [InlineData("file:///etc/passwd", "product://{id}")]
    public async Task An_address_with_nothing_at_it_is_told(string uri, string message)
    {
        var refused = await Should.ThrowAsync<McpProtocolException>(async () => await shop.Client.ReadResourceAsync(uri, cancellationToken: Cancel));
        refused.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        refused.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("ids", "kb-1, sh-l", "Keyline Slim Wireless Keyboard|Linen Shirt")]
    [InlineData("category", "Kitchen", "Brückmann Café Kettle 1.7l|Cast Iron Pan")]
    [InlineData("brand", "norden", "Norden Mechanical Wireless Keyboard|Norden Wireless Mouse")]
    public async Task Products_are_put_side_by_side(string argument, string value, string titles)
    {
        var prompt = await shop.Client.GetPromptAsync("compare_products", new Dictionary<string, object?> { [argument] = value, ["purpose"] = "a small desk" }, cancellationToken: Cancel);

        prompt.Messages.SkipLast(1).Select(message => JsonNode.Parse(((TextResourceContents)((EmbeddedResourceBlock)message.Content).Resource).Text)!["title"]!.GetValue<string>())
            .Order().ShouldBe(titles.Split('|').Order());
        ((TextContentBlock)prompt.Messages[^1].Content).Text.ShouldContain("for this purpose: a small desk.");
    }

    [Theory]
    [InlineData("compare_products", "ids", "kb-1,kb-9", "Try: kb-1")]
    [InlineData("compare_products", "ids", ",", "1 to 10")]
    [InlineData("compare_products", "brand", "Nordn", "Try: Norden")]
    [InlineData("compare_products", "purpose", "a desk", "Give ids, a category or a brand.")]
    [InlineData("compare_everything", "ids", "kb-1", "compare_products")]
    public async Task A_prompt_that_cannot_be_made_says_why(string name, string argument, string value, string message)
    {
        var refused = await Should.ThrowAsync<McpProtocolException>(async () => await shop.Client.GetPromptAsync(name, new Dictionary<string, object?> { [argument] = value }, cancellationToken: Cancel));
        refused.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        refused.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("category", "kit", "Home > Kitchen|Home > Kitchen > Kettles|Home > Kitchen > Pans")]
    [InlineData("category", "Elec", "Electronics|Electronics > Keyboards|Electronics > Mice")]
    [InlineData("category", "zzz", "")]
    [InlineData("brand", "n", "Norden")]
    [InlineData("brand", "", "Harrow|Keyline|Norden|Brückmann")]
    [InlineData("purpose", "a", "")]
    public async Task Categories_and_brands_are_completed(string argument, string typed, string values)
    {
        var completed = (await shop.Client.CompleteAsync(new PromptReference { Name = "compare_products" }, argument, typed, cancellationToken: Cancel)).Completion;
        completed.Values.Order().ShouldBe(values.Split('|', StringSplitOptions.RemoveEmptyEntries).Order());
        (completed.Total, completed.HasMore).ShouldBe((completed.Values.Count, false));
    }
}
