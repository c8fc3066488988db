using System.Buffers.Text;
using System.Text.Json;

namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>Writes <c>{"image":{"format":"png","source":{"bytes":"base64"}}}</c> from a data URI or from an image that was fetched.</summary>
internal sealed class ImageWriter(Utf8JsonWriter json, Translation translation)
{
    private const string Form = "data:image/png;base64,… (png, jpeg, gif or webp)";

    /// <summary>Converse's name of an image's media type, or null where it takes none such.</summary>
    public static string? FormatOf(ReadOnlySpan<char> mediaType) => mediaType switch
    {
        "image/png" => "png",
        "image/jpeg" or "image/jpg" => "jpeg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        _ => null,
    };

    public void Write(Block block)
    {
        var url = block.Value.AddressOfImage();
        if (url is null)
        {
            translation.Refuse($"'{block.Param}' needs a 'url' of the form {Form}.", block.Param);
        }
        else if (translation.Images.TryGetValue(url, out var fetched))
        {
            Write(fetched.Format, () => json.WriteBase64String("bytes", fetched.Bytes));
            return;
        }
        else if (url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            translation.Refuse($"'{block.Param}' is an address; {translation.Model} is sent no images from the network here. Send the image as {Form}.", block.Param);
        }
        else
        {
            WriteDataUri(url, block.Param);
            return;
        }

        json.WriteNullValue();
    }

    private void WriteDataUri(string url, string param)
    {
        var comma = url.IndexOf(',');
        var head = comma < 0 ? default : url.AsSpan(0, comma);
        var data = url.AsMemory(comma + 1);
        if (head.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
            && FormatOf(head["data:".Length..head.IndexOf(';')]) is { } format && data.Length > 0 && Base64.IsValid(data.Span))
        {
            Write(format, () => json.WriteString("bytes", data.Span));
            return;
        }

        translation.Refuse($"'{param}' is no image that can be sent: it must be {Form}.", param);
        json.WriteNullValue();
    }

    private void Write(string format, Action writeBytes)
    {
        json.WriteStartObject();
        json.WriteStartObject("image");
        json.WriteString("format", format);
        json.WriteStartObject("source");
        writeBytes();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
