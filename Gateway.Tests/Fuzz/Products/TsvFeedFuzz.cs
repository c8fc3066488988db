using Mcp.Products.Feeds;

namespace Gateway.Tests.Fuzz.Products;

public sealed class TsvFeedFuzz : FeedFuzz
{
    protected override IReadOnlyList<string> Examples { get; } = ["id\ttitle\tprice\tavailability\tgtin\tstar_rating\nabc\tMug\t9.99 USD\tin_stock\t4006381333931\t4.5\np2\tCup\t1 EUR\tpreorder\t\t\n"];

    protected override IReadOnlyList<string> Words { get; } = ["\t", "\"", "\n", "\r\n", "id\t", "title\t", "sale_price\t", "item_group_id\t", "additional_image_link\t"];

    private protected override FeedFormat Format => FeedFormat.MerchantTsv;
}
