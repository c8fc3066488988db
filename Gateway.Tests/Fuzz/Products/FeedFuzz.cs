using System.Text.Json;
using Gateway.Tests.Fuzz.Generation;
using Mcp.Products.Catalogue;
using Mcp.Products.Feeds;
using Shouldly;

namespace Gateway.Tests.Fuzz.Products;

/// <summary>
/// A feed of one format: the same products and faults wherever its bytes are split, or no feed at all; and what was taken in can be
/// written in every format, and read again from the catalogue's own as it was.
/// </summary>
public abstract class FeedFuzz : ParserFuzz
{
    private static readonly FeedSettings Settings = new() { Map = new Dictionary<string, string> { ["Titel"] = "title" } };

    private protected abstract FeedFormat Format { get; }

    protected override (long Fixed, long PerByte) Memory => (16 << 20, 20_000);

    protected override int Slowness => 4;

    protected override void Check(byte[] input, FuzzRandom random)
    {
        var (products, told) = Read(new MemoryStream(input), Format);
        var (_, toldOfPieces) = Read(new PiecewiseStream(input, random), Format);
        toldOfPieces.ShouldBe(told);
        if (products.Count == 0)
        {
            return;
        }

        using var written = new MemoryStream();
        FeedWriter.Write(written, FeedFormat.JsonLines, products).ShouldBe(products.Count);
        var (again, _) = Read(new MemoryStream(written.ToArray()), FeedFormat.JsonLines);
        again.Select(Text).ShouldBe(products.Select(Text));
        foreach (var format in Enum.GetValues<FeedFormat>())
        {
            using var output = new MemoryStream();
            FeedWriter.Write(output, format, products).ShouldBe(products.Count);
        }
    }

    private static (List<Product> Products, List<string> Told) Read(Stream feed, FeedFormat format)
    {
        var told = new List<string>();
        var products = new List<Product>();
        var import = new FeedImport(FeedReader.Read(feed, format, Settings), fault => told.Add($"{fault}"));
        try
        {
            foreach (var product in import.Products())
            {
                products.Add(product);
                told.Add(Text(product));
            }

            (import.Taken, import.Taken + import.Skipped).ShouldBe((products.Count, told.Count));
        }
        catch (InvalidDataException refused)
        {
            // How a parser words it may depend on what it had seen.
            told.Add(refused.Message.Split(':')[0]);
        }

        return (products, told);
    }

    private static string Text(Product product) => JsonSerializer.Serialize(product, CatalogueJson.Default.Product);
}
