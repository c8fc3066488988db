using System.Xml;

namespace Mcp.Products.Feeds;

/// <summary>Reads RSS's items or Atom's entries; a field's namespace does not matter.</summary>
internal static class MerchantXmlReader
{
    private const string Detail = "product_detail";

    // A feed is somebody else's file: nothing it names is fetched, and nothing in it unfolds.
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true };

    public static IEnumerable<FeedEntry> Read(Stream feed, FeedSettings settings)
    {
        using var xml = XmlReader.Create(feed, Settings);
        var position = (IXmlLineInfo)xml;
        var fields = new RowFields();
        var any = false;
        while (Checked(xml.Read))
        {
            if (xml.NodeType is XmlNodeType.Element && xml.LocalName is "item" or "entry" && !xml.IsEmptyElement)
            {
                any = true;
                var line = position.LineNumber;
                fields.Clear();
                Checked(() => ReadItem(xml, fields, settings));
                yield return RowMapper.Map(fields, line, settings);
            }
        }

        if (!any)
        {
            throw new InvalidDataException("The feed has no <item> and no <entry>.");
        }
    }

    private static bool ReadItem(XmlReader xml, RowFields fields, FeedSettings settings)
    {
        var depth = xml.Depth;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml.NodeType is not XmlNodeType.Element)
            {
                xml.Read();
                continue;
            }

            var name = settings.Map.TryGetValue(xml.LocalName, out var field) ? field : xml.LocalName;
            if (name == Detail)
            {
                fields.Add(name, ReadDetail(xml));
            }
            else if (name == "link" && xml.GetAttribute("href") is { } address)
            {
                fields.Add(name, address);
                xml.Skip();
            }
            else
            {
                fields.Add(name, ReadText(xml));
            }
        }

        return true;
    }

    // <g:product_detail><g:section_name/><g:attribute_name/><g:attribute_value/></g:product_detail>
    private static string ReadDetail(XmlReader xml)
    {
        var (name, value) = ("", "");
        using var detail = xml.ReadSubtree();
        while (detail.Read())
        {
            if (detail.NodeType is XmlNodeType.Element && detail.LocalName == "attribute_name")
            {
                name = detail.ReadString().Trim();
            }
            else if (detail.NodeType is XmlNodeType.Element && detail.LocalName == "attribute_value")
            {
                value = detail.ReadString().Trim();
            }
        }

        detail.Close();
        xml.Read();
        return ProductDetails.Format([new(name, value)]);
    }

    private static string ReadText(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return "";
        }

        var depth = xml.Depth;
        var text = "";
        xml.Read();
        while (xml.Depth > depth)
        {
            text += xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA ? xml.Value : "";
            xml.Read();
        }

        xml.Read();
        return text.Trim();
    }

    private static bool Checked(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (XmlException broken)
        {
            throw new InvalidDataException($"Line {broken.LineNumber}: the feed is not well-formed XML from here on: {broken.Message}", broken);
        }
        catch (ArgumentException broken)
        {
            // What the framework's reader comes to where a letter of the declaration is no UTF-8.
            throw new InvalidDataException("The feed is not well-formed XML: its declaration cannot be read.", broken);
        }
    }
}
