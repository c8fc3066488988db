using Mcp.Products.Feeds;

namespace Gateway.Tests.Fuzz.Products;

public sealed class JsonLinesFeedFuzz : FeedFuzz
{
    protected override IReadOnlyList<string> Examples { get; } =
    [
        """
        {"id":"p1","title":"Mug é","description":{"plain":"A mug."},"categories":[{"value":"Kitchen"}],"variants":[{"id":"v1","title":"Mug","price":{"amount":999,"currency":"USD"},"availability":{"available":true,"status":"in_stock"}}]}
        {"id":"p2","title":"Cup","price":"4.99 EUR","availability":"in stock","additional_image_link":["https://a.example/1.png","https://a.example/2.png"],"adult":false,"weight":3}
        """,
        "\uFEFF{\"item_id\":\"p3\",\"Titel\":\"Pot\",\"price\":\"USD 5\",\"availability\":\"out_of_stock\"}\r\n\r\n",
    ];

    protected override IReadOnlyList<string> Words { get; } = ["\n", "\"id\":", "\"title\":", "\"price\":", "\"variants\":", "\"amount\":", "\"currency\":", "\"availability\":", "9.99 USD", "1e400 USD", "in_stock"];

    private protected override FeedFormat Format => FeedFormat.JsonLines;
}
