using System.Text;
using System.Text.Json;
using System.Xml;
using CsvHelper;
using Mcp.Products.Catalogue;

namespace Mcp.Products.Feeds;

/// <summary>Writes a catalogue product by product.</summary>
internal static class FeedWriter
{
    private const string Google = "http://base.google.com/ns/1.0";

    /// <summary>Returns how many products that were.</summary>
    public static int Write(Stream output, FeedFormat format, IEnumerable<Product> products)
    {
        var counted = new Counted(products);
        switch (format)
        {
            case FeedFormat.JsonLines:
                WriteLines(output, counted.Products);
                break;
            case FeedFormat.MerchantTsv:
                WriteTable(output, CsvWriterOptions.Default with { Separator = '\t', NewLine = "\n" }, counted.Products);
                break;
            case FeedFormat.Csv:
                WriteTable(output, CsvWriterOptions.Default with { NewLine = "\n" }, counted.Products);
                break;
            case FeedFormat.MerchantXml:
                WriteXml(output, counted.Products);
                break;
            case FeedFormat.Acp:
                WriteArray(output, counted.Products.SelectMany(product => product.Variants.Select(variant => (product, variant))), static (json, offer) => AcpRow.Write(json, offer.product, offer.variant));
                break;
            default:
                WriteArray(output, counted.Products, JsonLd.Write);
                break;
        }

        return counted.Count;
    }

    private static void WriteLines(Stream output, IEnumerable<Product> products)
    {
        foreach (var product in products)
        {
            JsonSerializer.Serialize(output, product, CatalogueJson.Readable.Product);
            output.WriteByte((byte)'\n');
        }
    }

    private static void WriteTable(Stream output, CsvWriterOptions options, IEnumerable<Product> products)
    {
        using var text = new StreamWriter(output, leaveOpen: true);
        using var csv = CsvWriter.Create(text, options, leaveOpen: true);
        WriteRow(csv, OfferRow.Columns);
        foreach (var product in products)
        {
            foreach (var variant in product.Variants)
            {
                WriteRow(csv, OfferRow.Of(product, variant));
            }
        }
    }

    private static void WriteRow(CsvWriter csv, IEnumerable<string?> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field ?? "");
        }

        csv.EndRecord();
    }

    private static void WriteXml(Stream output, IEnumerable<Product> products)
    {
        using var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, CheckCharacters = false, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("version", "2.0");
        xml.WriteAttributeString("xmlns", "g", null, Google);
        xml.WriteStartElement("channel");
        foreach (var product in products)
        {
            foreach (var variant in product.Variants)
            {
                xml.WriteStartElement("item");
                var row = OfferRow.Of(product, variant);
                for (var i = 0; i < row.Length; i++)
                {
                    if (row[i] is { Length: > 0 } value)
                    {
                        WriteField(xml, OfferRow.Columns[i], value);
                    }
                }

                xml.WriteEndElement();
            }
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteField(XmlWriter xml, string name, string value)
    {
        if (name != "product_detail")
        {
            xml.WriteElementString("g", name, Google, value);
            return;
        }

        foreach (var (attribute, text) in ProductDetails.Parse(value))
        {
            xml.WriteStartElement("g", name, Google);
            xml.WriteElementString("g", "attribute_name", Google, attribute);
            xml.WriteElementString("g", "attribute_value", Google, text);
            xml.WriteEndElement();
        }
    }

    private static void WriteArray<T>(Stream output, IEnumerable<T> values, Action<Utf8JsonWriter, T> write)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = CatalogueJson.Readable.Options.Encoder });
        json.WriteStartArray();
        foreach (var value in values)
        {
            write(json, value);
            json.Flush();
        }

        json.WriteEndArray();
    }

    private sealed class Counted(IEnumerable<Product> products)
    {
        public int Count { get; private set; }

        public IEnumerable<Product> Products
        {
            get
            {
                foreach (var product in products)
                {
                    Count++;
                    yield return product;
                }
            }
        }
    }
}
