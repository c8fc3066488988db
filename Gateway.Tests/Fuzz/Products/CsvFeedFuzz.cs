using Mcp.Products.Feeds;

namespace Gateway.Tests.Fuzz.Products;

public sealed class CsvFeedFuzz : FeedFuzz
{
    protected override IReadOnlyList<string> Examples { get; } =
    [
        "id,title,price,availability,product_detail\np1,\"Mug, \"\"é\"\"\",9.99 USD,in_stock,\":Size:L,:Color:red\"\np2,Cup,\"1\n USD\",out_of_stock,\n",
        "id;Titel;price;availability\r\np1;Mug;9.99;in stock\r\n",
    ];

    protected override IReadOnlyList<string> Words { get; } = [",", ";", "\t", "\"", "\"\"", "\n", "\r\n", "\r", "id", "title", "\uFEFF", "sep=;", "#", "=1+1"];

    private protected override FeedFormat Format => FeedFormat.Csv;
}
