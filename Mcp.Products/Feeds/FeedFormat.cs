namespace Mcp.Products.Feeds;

/// <summary>The forms that a catalogue is read from and written in.</summary>
internal enum FeedFormat
{
    /// <summary>One product in the catalogue's own shape a line.</summary>
    JsonLines,

    /// <summary>A Google Merchant feed with tabs: <see href="https://support.google.com/merchants/answer/7052112"/>.</summary>
    MerchantTsv,

    /// <summary>A Google Merchant feed as RSS 2.0 or Atom.</summary>
    MerchantXml,

    /// <summary>A feed of the Agentic Commerce Protocol as JSON: <see href="https://developers.openai.com/commerce/specs/file-upload/products"/>.</summary>
    Acp,

    /// <summary>A line of names and a row a product.</summary>
    Csv,

    /// <summary>schema.org's Product; written only.</summary>
    JsonLd,
}
