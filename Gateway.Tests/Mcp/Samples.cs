using ModelContextProtocol.Protocol;

namespace Gateway.Tests.Mcp;

/// <summary>A picture, a sound and a resource, as small as they can be.</summary>
internal static class Samples
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
    private const string Silence = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=";

    public static readonly byte[] Png = Convert.FromBase64String(Pixel);

    public static ImageContentBlock Image => ImageContentBlock.FromBytes(Png, "image/png");

    public static AudioContentBlock Audio => AudioContentBlock.FromBytes(Convert.FromBase64String(Silence), "audio/wav");

    public static EmbeddedResourceBlock Embedded(string uri, string text, string mimeType = "text/plain") =>
        new() { Resource = new TextResourceContents { Uri = uri, MimeType = mimeType, Text = text } };
}
