using System.Text;
using System.Text.Json;
using Mcp.Products.Catalogue;
using Mcp.Products.Feeds;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Products.Catalogue;

/// <summary>Catalogues as others write them.</summary>
public sealed class FeedTests
{
    private const string Tsv =
        "id\ttitle\tdescription\tlink\timage_link\tavailability\tprice\tsale_price\tbrand\tgtin\tproduct_type\tcolor\titem_group_id\titem_group_title\tproduct_detail\tcustom_label_0\tage_group\n" +
        "a1\tSlim Keyboard\tFlat.\thttps://s.example/a1\thttps://s.example/a1.jpg\tin stock\t59.99 USD\t49.99 USD\tKeyline\t0123456789012\tElectronics>Keyboards\tBlack\t\t\t:Layout:Full size,:Keys:104\tsecret\tadult\n" +
        "s1\tShirt M\t\t\t\tin_stock\t40.00 USD\t\tHarrow\t\tClothing > Shirts\tBlue\tshirt\tShirt\t\t\t\n" +
        "s2\tShirt L\t\t\t\thttps://schema.org/OutOfStock\t45.00 USD\t\tHarrow\t\tClothing > Shirts\tRed\tshirt\tShirt\t\t\t\n";

    [Fact]
    [Trait("Requirement", "G2.2")]
    public void A_merchant_feed_with_tabs_gives_products_with_their_variants()
    {
        var (products, faults) = Read(Tsv, FeedFormat.MerchantTsv);

        faults.ShouldBeEmpty();
        products.Count.ShouldBe(2);
        Json(products[0]).ShouldBe(Json(new Product
        {
            Id = "a1",
            Title = "Slim Keyboard",
            Description = new Description("Flat."),
            Url = "https://s.example/a1",
            Brand = "Keyline",
            Categories = [new Category("Electronics > Keyboards", "merchant")],
            Media = [new Media("image", "https://s.example/a1.jpg")],
            Variants =
            [
                new Variant
                {
                    Id = "a1",
                    Title = "Slim Keyboard",
                    Barcodes = [new Barcode("GTIN", "0123456789012")],
                    Price = new Price(4999, "USD"),
                    ListPrice = new Price(5999, "USD"),
                },
            ],
            Metadata = new Metadata { Specifications = new Dictionary<string, string> { ["Layout"] = "Full size", ["Keys"] = "104", ["Color"] = "Black", ["Age group"] = "adult" } },
        }));
        var shirt = products[1];
        (shirt.Id, shirt.Title, shirt.PriceRange).ShouldBe(("shirt", "Shirt", new PriceRange(new Price(4000, "USD"), new Price(4500, "USD"))));
        shirt.Options.ShouldHaveSingleItem().Values.ShouldBe([new OptionValue("Blue"), new OptionValue("Red")]);
        shirt.Variants.Select(variant => (variant.Id, variant.Availability.Available)).ShouldBe([("s1", true), ("s2", false)]);
    }

    [Fact]
    public void A_merchant_feed_as_xml_may_be_rss_or_atom()
    {
        var (rss, _) = Read(
            """
            <?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title><item>
            <g:id>1</g:id><title><![CDATA[Pan & lid]]></title><link>https://s.example/1</link><g:price>35 EUR</g:price><g:product_type>Home &gt; Pans</g:product_type><g:product_type>Gifts</g:product_type>
            <g:product_detail><g:section_name>x</g:section_name><g:attribute_name>Size, inner</g:attribute_name><g:attribute_value>26 cm</g:attribute_value></g:product_detail></item></channel></rss>
            """, FeedFormat.MerchantXml);
        var (atom, _) = Read("""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>Pan</title><link href="https://s.example/1"/><price>35 EUR</price></entry></feed>""", FeedFormat.MerchantXml);

        var pan = rss.ShouldHaveSingleItem();
        (pan.Title, pan.Url, pan.Categories.Count, pan.Metadata.Specifications["Size, inner"]).ShouldBe(("Pan & lid", "https://s.example/1", 2, "26 cm"));
        (atom.ShouldHaveSingleItem().Url, atom[0].Variants[0].Price).ShouldBe(("https://s.example/1", new Price(3500, "EUR")));
    }

    [Theory]
    [InlineData("[{0}]")]
    [InlineData("""{"feed":{"products":[1]},"tags":[{"item_id":"no"}],"products":[{0}]}""")]
    public void An_agentic_feed_is_an_array_or_holds_one(string outer)
    {
        const string Flat = """{"item_id":"f","title":"Flat {\"[","price":"9.50 USD","availability":"in_stock","url":"https://s.example/f","product_category":"Home > Pans","weight":"2 kg"}""";
        const string Whole = """{"id":"w","title":"Whole","variants":[{"id":"w","title":"Whole","price":{"amount":100,"currency":"USD"}}]}""";

        var (products, faults) = Read(outer.Replace("{0}", $"{Flat},\n{Whole}"), FeedFormat.Acp);

        faults.ShouldBeEmpty();
        products.Select(product => (product.Id, product.Title, product.Variants[0].Price.Amount)).ShouldBe([("f", "Flat {\"[", 950), ("w", "Whole", 100)]);
        products[0].Metadata.Specifications.ShouldBe(new Dictionary<string, string> { ["Weight"] = "2 kg" });
    }

    [Fact]
    public void Columns_of_a_table_are_mapped_and_unknown_ones_are_specifications()
    {
        var settings = new FeedSettings { Map = new Dictionary<string, string> { ["Artikel"] = "id", ["Name"] = "title", ["Preis"] = "price" }, Currency = "EUR" };

        var (products, _) = Read("Artikel;Name;Preis;switch_type\n7;\"Tastatur; flach\";49.90;Brown\n", FeedFormat.Csv, settings);

        var product = products.ShouldHaveSingleItem();
        (product.Id, product.Title, product.Variants[0].Price).ShouldBe(("7", "Tastatur; flach", new Price(4990, "EUR")));
        product.Metadata.Specifications.ShouldBe(new Dictionary<string, string> { ["Switch type"] = "Brown" });
    }

    [Theory]
    [InlineData(",Pan,5 USD,in stock", "it has no id")]
    [InlineData("1,,5 USD,in stock", "'1' has no title")]
    [InlineData("1,Pan,,in stock", "'1' has no price")]
    [InlineData("1,Pan,-5 USD,in stock", "'1' has the negative price '-5 USD'")]
    [InlineData("1,Pan,cheap,in stock", "'1' has a price in 'eap'; a currency is three letters as ISO 4217 has them|'1' has the price 'cheap'; it must be a number with a point, such as 49.99 USD")]
    [InlineData("1,Pan,5 USD,maybe", "'1' has the availability 'maybe'; it must be one of in_stock, backorder, preorder, out_of_stock, discontinued")]
    [InlineData("1,P\uFFFDn,5 USD,in stock", "it is not encoded as UTF-8")]
    [InlineData("0,Pan,5 USD,in stock", "the id '0' was there before")]
    [InlineData("1,Pan,5 USD,in stock,more", "5 columns, where the first line names 4")]
    public void A_bad_row_is_told_by_its_line_and_left_out(string row, string reasons)
    {
        var (products, faults) = Read($"id,title,price,availability\n0,First,1 USD,in stock\n{row}\n9,Last,1 USD,in stock\n", FeedFormat.Csv);

        products.Select(product => product.Id).ShouldBe(["0", "9"]);
        var fault = faults.ShouldHaveSingleItem();
        fault.Line.ShouldBe(3);
        reasons.Split('|').ShouldContain(fault.Reason);
    }

    [Theory]
    [InlineData("""{"id":"1","title":"Pan","variants":[]}""", "'1' has no variants")]
    [InlineData("""{"id":"1","title":"Pan","variants":[{"id":"1","title":"Pan","price":{"amount":-1,"currency":"USD"}}]}""", "'1' has the negative price -1")]
    [InlineData("""{"id":"1","title":"Pan","variants":[{"id":"1","title":"Pan","price":{"amount":1,"currency":"USD"}},{"id":"2","title":"Pan","price":{"amount":1,"currency":"EUR"}}]}""", "'1' has prices in USD and EUR; all of a product's are in one currency")]
    [InlineData("""{"id":"1","title":"Pan","variants":[{"id":"2","title":"Pan","price":{"amount":1,"currency":"USD"}},{"id":"2","title":"Pan","price":{"amount":1,"currency":"USD"}}]}""", "the id '2' was there before")]
    [InlineData("""{"id":"1","title":"Pan","tags":[null],"variants":[{"id":"1","title":"Pan","price":{"amount":1,"currency":"USD"}}]}""", "'1' has a category, picture, option or specification that is null")]
    [InlineData("""{"title":"Pan","variants":[]}""", "it is not a product as JSON:")]
    [InlineData("""{"id":"1" """, "it is not a product as JSON:")]
    [InlineData("[]", "it is not a product as JSON:")]
    public void A_bad_line_of_JSON_is_told_and_left_out(string line, string reason)
    {
        var (products, faults) = Read(
            """{"id":"0","title":"First","variants":[{"id":"0","title":"First","price":{"amount":1,"currency":"USD"}}]}""" + $"\n{line}\n\n" + """{"id":"9","title":"Last","price":"1.00 USD"}""",
            FeedFormat.JsonLines);

        products.Select(product => product.Id).ShouldBe(["0", "9"]);
        faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(fault => fault.Line.ShouldBe(2), fault => fault.Reason.ShouldStartWith(reason));
    }

    [Theory]
    [InlineData(FeedFormat.Csv)]
    [InlineData(FeedFormat.MerchantTsv)]
    [InlineData(FeedFormat.JsonLines)]
    internal void Rows_in_another_encoding_are_left_out(FeedFormat format)
    {
        var separator = format is FeedFormat.Csv ? ',' : '\t';
        var text = format is FeedFormat.JsonLines
            ? """{"id":"1","title":"Café","price":"1 USD"}""" + "\n" + """{"id":"2","title":"Pan","price":"1 USD"}"""
            : $"id{separator}title{separator}price\n1{separator}Café{separator}1 USD\n2{separator}Pan{separator}1 USD\n";

        var (products, faults) = Read(Encoding.Latin1.GetBytes(text), format, FeedSettings.Default);

        products.ShouldHaveSingleItem().Id.ShouldBe("2");
        faults.ShouldHaveSingleItem().Reason.ShouldContain("not encoded as UTF-8");
    }

    [Theory]
    [InlineData(FeedFormat.Acp, "[{\"item_id\":\"1\"}", "breaks off")]
    [InlineData(FeedFormat.Acp, "{\"things\":[]}", "holds no array of products")]
    [InlineData(FeedFormat.Acp, "[]]", "closes nothing")]
    [InlineData(FeedFormat.MerchantXml, "<rss><item><id>1</id>", "not well-formed XML")]
    [InlineData(FeedFormat.MerchantXml, "<rss/>", "no <item>")]
    [InlineData(FeedFormat.MerchantXml, "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><rss/>", "not well-formed XML")]
    internal void A_feed_that_is_none_is_refused_as_a_whole(FeedFormat format, string feed, string reason) =>
        Should.Throw<InvalidDataException>(() => Read(feed, format)).Message.ShouldContain(reason);

    [Theory]
    [InlineData(FeedFormat.JsonLines)]
    [InlineData(FeedFormat.MerchantTsv)]
    [InlineData(FeedFormat.MerchantXml)]
    [InlineData(FeedFormat.Acp)]
    [InlineData(FeedFormat.Csv)]
    internal void What_was_written_reads_the_same(FeedFormat format)
    {
        var once = Write(Goods.All, format);
        var (products, faults) = Read(once, format, FeedSettings.Default);

        faults.ShouldBeEmpty();
        products.Count.ShouldBe(Goods.All.Count);
        Encoding.UTF8.GetString(Write(products, format)).ShouldBe(Encoding.UTF8.GetString(once));
        products.Zip(Goods.All).ShouldAllBe(pair => pair.First.Title == pair.Second.Title && pair.First.PriceRange == pair.Second.PriceRange && pair.First.Brand == pair.Second.Brand);
    }

    [Fact]
    public void Products_are_written_for_search_engines_as_schema_org_has_them()
    {
        using var written = JsonDocument.Parse(Write([Goods.Kettle, Goods.Shirt], FeedFormat.JsonLd));

        var kettle = written.RootElement[0];
        (kettle.GetProperty("@context").GetString(), kettle.GetProperty("@type").GetString()).ShouldBe(("https://schema.org", "Product"));
        kettle.GetProperty("offers")[0].GetRawText().ReplaceLineEndings("").Replace(" ", "").ShouldBe("""{"@type":"Offer","price":59,"priceCurrency":"EUR","availability":"https://schema.org/InStock"}""");
        written.RootElement[1].GetProperty("offers").EnumerateArray().Select(offer => offer.GetProperty("availability").GetString()).ShouldBe(["https://schema.org/OutOfStock", "https://schema.org/InStock"]);
    }

    [Theory]
    [InlineData("49.99 USD", 4999, "USD")]
    [InlineData("USD 49.99", 4999, "USD")]
    [InlineData("1200 jpy", 1200, "JPY")]
    [InlineData("1.234 KWD", 1234, "KWD")]
    [InlineData("0.995 USD", 100, "USD")]
    [InlineData("7", 700, "CHF")]
    public void Prices_are_kept_in_the_currencys_smallest_unit(string text, long amount, string currency)
    {
        PriceText.TryParse(text, "CHF", out var price, out _).ShouldBeTrue();
        price.ShouldBe(new Price(amount, currency));
    }

    private static (List<Product> Products, List<RowFault> Faults) Read(string feed, FeedFormat format, FeedSettings? settings = null) =>
        Read(Encoding.UTF8.GetBytes(feed), format, settings ?? FeedSettings.Default);

    private static (List<Product> Products, List<RowFault> Faults) Read(byte[] feed, FeedFormat format, FeedSettings settings)
    {
        var faults = new List<RowFault>();
        return ([.. new FeedImport(FeedReader.Read(new MemoryStream(feed), format, settings), faults.Add).Products()], faults);
    }

    private static byte[] Write(IEnumerable<Product> products, FeedFormat format)
    {
        var output = new MemoryStream();
        FeedWriter.Write(output, format, products);
        return output.ToArray();
    }

    private static string Json(Product product) => JsonSerializer.Serialize(product, CatalogueJson.Readable.Product);
}
