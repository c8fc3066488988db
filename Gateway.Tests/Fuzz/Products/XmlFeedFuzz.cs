using Mcp.Products.Feeds;

namespace Gateway.Tests.Fuzz.Products;

public sealed class XmlFeedFuzz : FeedFuzz
{
    protected override IReadOnlyList<string> Examples { get; } =
    [
        """<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title><item><g:id>p1</g:id><g:title>Mug &amp; é</g:title><g:price>9.99 USD</g:price><g:availability>in_stock</g:availability><g:product_detail><g:section_name>S</g:section_name><g:attribute_name>Size</g:attribute_name><g:attribute_value>L</g:attribute_value></g:product_detail><g:description><![CDATA[<b>x</b>]]></g:description></item></channel></rss>""",
        """<feed><entry><id>p1</id><title/><link href="https://a.example/1"/><price>1 EUR</price><availability>out of stock</availability><!-- x --></entry><entry/></feed>""",
    ];

    protected override IReadOnlyList<string> Words { get; } =
    [
        "<item>", "</item>", "<entry>", "<g:id>", "</g:id>", "<product_detail>", "<attribute_name>", "<![CDATA[", "]]>", "<!--", "-->", "&#0;", "&#xD800;", "&x;", "<?x?>", "<!DOCTYPE x [<!ENTITY a \"b\">]>", "<link href=\"x\"/>", "/>", "xmlns:g=\"x\"", "encoding=\"utf-16\"", "encoding=\"utf-7\"", "<a>",
    ];

    private protected override FeedFormat Format => FeedFormat.MerchantXml;
}
