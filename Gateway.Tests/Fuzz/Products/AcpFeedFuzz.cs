using Mcp.Products.Feeds;

namespace Gateway.Tests.Fuzz.Products;

public sealed class AcpFeedFuzz : FeedFuzz
{
    protected override IReadOnlyList<string> Examples { get; } =
    [
        """[{"item_id":"p1","title":"Mug","description":"A mug.","price":"9.99 USD","sale_price":"8.99 USD","availability":"in_stock","brand":"B","group_id":"g1","color":"red"},{"item_id":"p2","title":"C","price":"1 USD","availability":"preorder"}]""",
        """{"version":1,"products":[{"id":"p1","title":"Mug {[\"","price":"9.99 USD","availability":"in_stock","variants":[]}],"items":[{"id":"x"}]}""",
    ];

    protected override IReadOnlyList<string> Words { get; } = ["[", "]", "{", "}", "\"products\":", "\"data\":", "\"item_id\":", "\"price\":", "\\\"", "\"", "\uFEFF"];

    private protected override FeedFormat Format => FeedFormat.Acp;
}
