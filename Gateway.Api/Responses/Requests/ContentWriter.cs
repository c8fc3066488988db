using System.Text.Json;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Responses.Requests;

/// <summary>Writes the content of an item, a string or a list of parts, as the <c>content</c> of a chat message.</summary>
internal sealed class ContentWriter(Utf8JsonWriter json, FieldFindings findings)
{
    public void Write(JsonElement content, string param)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                json.WriteRaw("content", content);
                break;
            case JsonValueKind.Array when content.GetArrayLength() == 1 && TextOf(content[0]) is { } text:
                // Servers that know only strings are many, and one part says no more.
                json.WriteRaw("content", text);
                break;
            case JsonValueKind.Array:
                WriteParts(content, param);
                break;
            default:
                findings.RefuseType(param, "a string or a list", content);
                break;
        }
    }

    private static JsonElement? TextOf(JsonElement part) =>
        part.FindText("type") is "input_text" or "output_text" or "text" && part.Find("text") is { ValueKind: JsonValueKind.String } text ? text : null;

    private void WriteParts(JsonElement parts, string param)
    {
        json.WriteStartArray("content");
        var index = 0;
        foreach (var part in parts.EnumerateArray())
        {
            WritePart(part, $"{param}[{index++}]");
        }

        json.WriteEndArray();
    }

    private void WritePart(JsonElement part, string param)
    {
        switch (part.FindText("type"))
        {
            case "input_text" or "output_text" or "text":
                WriteText(part, param);
                break;
            case "refusal" when part.Find("refusal") is { ValueKind: JsonValueKind.String } refusal:
                json.WriteStartObject();
                json.WriteString("type", "refusal");
                json.WriteRaw("refusal", refusal);
                json.WriteEndObject();
                break;
            case "input_image":
                WriteImage(part, param);
                break;
            case "input_file":
                findings.Refuse($"'{param}' is a file, which this gateway does not take; send its text as input_text.", $"{param}.type", "unsupported_content");
                break;
            case var type:
                findings.Refuse($"Invalid value: '{type}'. Supported values are: 'input_text', 'input_image', 'output_text', 'refusal'.", $"{param}.type", "invalid_value");
                break;
        }
    }

    private void WriteText(JsonElement part, string param)
    {
        if (TextOf(part) is not { } text)
        {
            findings.Refuse(Refusal.MissingParameter($"{param}.text"));
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteRaw("text", text);
        json.WriteEndObject();
    }

    // {"type":"input_image","image_url":"https://…","detail":"auto"}
    private void WriteImage(JsonElement part, string param)
    {
        if (part.Find("file_id") is not null)
        {
            findings.Refuse($"'{param}.file_id' is not supported by this gateway; send the image as image_url, an address or a data URL.", $"{param}.file_id", "unsupported_content");
            return;
        }

        if (part.Find("image_url") is not { } url)
        {
            findings.Refuse(Refusal.MissingParameter($"{param}.image_url"));
            return;
        }

        if (!findings.IsText(url, $"{param}.image_url"))
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", "image_url");
        json.WriteStartObject("image_url");
        json.WriteRaw("url", url);
        if (part.Find("detail") is { } detail)
        {
            json.WriteRaw("detail", detail);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
