using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Gateway.Api.Messages;

/// <summary>Writes blocks of content as the parts of a chat message: text, pictures, documents.</summary>
internal sealed class ContentWriter(ChatDraft draft)
{
    private readonly Utf8JsonWriter _json = draft.Json;

    public PictureCount Pictures { get; private set; }

    /// <summary>Writes a message that has a role and content.</summary>
    public void WriteMessage(string role, JsonElement content, string param, ContentKinds kinds)
    {
        _json.WriteStartObject();
        _json.WriteString("role", role);
        WriteContent(content, param, kinds);
        _json.WriteEndObject();
    }

    /// <summary>Writes the <c>content</c> of a message from text or a list of blocks.</summary>
    /// <param name="kinds">Which blocks may be in it.</param>
    public void WriteContent(JsonElement content, string param, ContentKinds kinds)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                _json.WriteRaw("content", content);
                break;
            case JsonValueKind.Array:
                WriteContent([.. content.EnumerateArray().Select((block, index) => (block, $"{param}[{index}]"))], kinds);
                break;
            default:
                draft.Refuse($"'{param}' must be a string or a list of blocks.", param);
                break;
        }
    }

    /// <summary>Writes the <c>content</c> of a message; plain text where it is one block of it, which every server understands.</summary>
    public void WriteContent(IReadOnlyList<(JsonElement Block, string Param)> blocks, ContentKinds kinds)
    {
        if (blocks is [{ } only] && only.Block.FindText("type") == "text" && only.Block.Find("text") is { ValueKind: JsonValueKind.String } text)
        {
            ExpectText(only.Block, only.Param);
            _json.WriteRaw("content", text);
            draft.ExtendByCacheControl(only.Block);
            return;
        }

        _json.WriteStartArray("content");
        foreach (var (block, param) in blocks)
        {
            WritePart(block, param, kinds);
        }

        _json.WriteEndArray();
    }

    private void WritePart(JsonElement block, string param, ContentKinds kinds)
    {
        switch (block.FindText("type"))
        {
            case "text" when block.Find("text") is { ValueKind: JsonValueKind.String } text:
                ExpectText(block, param);
                WriteText(text, block);
                break;
            case "image" when kinds.HasFlag(ContentKinds.Image) && block.Find("source") is { ValueKind: JsonValueKind.Object } source:
                draft.Expect(block, param, ["type", "source", "cache_control"]);
                WriteImage(block, source, $"{param}.source");
                break;
            case "document" when kinds.HasFlag(ContentKinds.Document) && block.Find("source") is { ValueKind: JsonValueKind.Object } source:
                draft.Expect(block, param, ["type", "source", "title", "context", "citations", "cache_control"]);
                WriteDocument(block, source, param);
                break;
            case ("text" or "image" or "document") and var type when kinds.HasFlag(type switch { "text" => ContentKinds.Text, "image" => ContentKinds.Image, _ => ContentKinds.Document }):
                draft.Refuse($"'{param}' lacks its '{(type == "text" ? "text" : "source")}'.", param);
                break;
            case var type:
                draft.Refuse($"'{param}' is of type '{type}', which cannot be carried here.", $"{param}.type");
                break;
        }
    }

    private void ExpectText(JsonElement block, string param) => draft.Expect(block, param, ["type", "text", "cache_control"], ["citations"]);

    private void WriteText(JsonElement text, JsonElement block)
    {
        _json.WriteStartObject();
        _json.WriteString("type", "text");
        _json.WriteRaw("text", text);
        draft.ExtendByCacheControl(block);
        _json.WriteEndObject();
    }

    // {"type":"base64","media_type":"image/png","data":"…"} or {"type":"url","url":"…"}
    private void WriteImage(JsonElement block, JsonElement source, string param)
    {
        _json.WriteStartObject();
        _json.WriteString("type", "image_url");
        _json.WriteStartObject("image_url");
        switch (source.FindText("type"))
        {
            case "base64" when source.FindText("media_type") is "image/png" or "image/jpeg" or "image/gif" or "image/webp" && source.Find("data") is { ValueKind: JsonValueKind.String } data:
                _json.WritePropertyName("url");
                WriteDataUri(source.FindText("media_type")!, data);
                break;
            case "base64":
                draft.Refuse($"'{param}' must have 'data' in base64 and a 'media_type' of image/png, image/jpeg, image/gif or image/webp.", param);
                break;
            case "url" when source.Find("url") is { ValueKind: JsonValueKind.String } url:
                _json.WriteRaw("url", url);
                Pictures = Pictures with { Count = Pictures.Count + 1 };
                break;
            case var type:
                draft.Refuse($"'{param}' is of type '{type}'; a picture comes as base64 or by its url.", param);
                break;
        }

        _json.WriteEndObject();
        draft.ExtendByCacheControl(block);
        _json.WriteEndObject();
    }

    // Pictures are large: their text goes on without becoming a string.
    private void WriteDataUri(string mediaType, JsonElement data)
    {
        var raw = JsonMarshal.GetRawUtf8Value(data)[1..^1];
        var base64 = raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(data.GetString()!) : raw;
        _json.WriteStringValueSegment(Encoding.ASCII.GetBytes($"data:{mediaType};base64,"), isFinalSegment: false);
        _json.WriteStringValueSegment(base64, isFinalSegment: true);
        Pictures = new PictureCount(Pictures.Count + 1, Pictures.Bytes + base64.Length);
    }

    // Text can be told as text. A PDF goes as OpenAI's file part, which is for the target to take or refuse.
    private void WriteDocument(JsonElement block, JsonElement source, string param)
    {
        if (block.Find("citations")?.IsTrue("enabled") == true)
        {
            draft.Refuse($"'{param}.citations' cannot be had here.", $"{param}.citations");
        }

        switch (source.FindText("type"))
        {
            case "text" when source.Find("data") is { ValueKind: JsonValueKind.String } text:
                WriteHeading(block);
                WriteText(text, block);
                break;
            case "base64" when source.FindText("media_type") == "application/pdf" && source.Find("data") is { ValueKind: JsonValueKind.String } data:
                WritePdf(block, data);
                break;
            case var type:
                draft.Refuse($"'{param}.source' is of type '{type}'; a document comes as text, or as a PDF in base64.", $"{param}.source");
                break;
        }
    }

    private void WriteHeading(JsonElement block)
    {
        var heading = string.Join('\n', new[] { block.FindText("title"), block.FindText("context") }.Where(text => !string.IsNullOrWhiteSpace(text)));
        if (heading.Length > 0)
        {
            _json.WriteStartObject();
            _json.WriteString("type", "text");
            _json.WriteString("text", heading);
            _json.WriteEndObject();
        }
    }

    private void WritePdf(JsonElement block, JsonElement data)
    {
        _json.WriteStartObject();
        _json.WriteString("type", "file");
        _json.WriteStartObject("file");
        _json.WriteString("filename", block.FindText("title") ?? "document.pdf");
        _json.WritePropertyName("file_data");
        WriteDataUri("application/pdf", data);
        _json.WriteEndObject();
        draft.ExtendByCacheControl(block);
        _json.WriteEndObject();
    }
}
