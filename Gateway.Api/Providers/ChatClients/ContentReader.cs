using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Gateway.Api.Providers.ChatClients;

/// <summary>Reads what a message holds: a string, or a list of parts.</summary>
internal sealed class ContentReader(RequestNotes notes)
{
    public List<AIContent> Read(JsonElement message, string param)
    {
        var at = $"{param}.content";
        switch (message.Find("content"))
        {
            case null:
                return [];
            case { ValueKind: JsonValueKind.String } text:
                return [new TextContent(text.GetString())];
            case { ValueKind: JsonValueKind.Array } parts:
                var index = 0;
                return [.. parts.EnumerateArray().Select(part => ReadPart(part, $"{at}[{index++}]")).OfType<AIContent>()];
            case { } other:
                notes.Refuse($"'{at}' must be a string or a list of parts, not {other.ValueKind}.", at);
                return [];
        }
    }

    private AIContent? ReadPart(JsonElement part, string param)
    {
        switch (part.FindText("type"))
        {
            case "text" when part.FindText("text") is { } text:
                return new TextContent(text);
            case "refusal" when part.FindText("refusal") is { } refusal:
                return new TextContent(refusal);
            case "image_url" when part.Find("image_url") is { } image:
                return ReadImage(image.AddressOfImage(), $"{param}.image_url");
            case "input_audio" when part.Find("input_audio") is { } audio:
                return ReadData($"data:audio/{audio.FindText("format")};base64,{audio.FindText("data")}", $"{param}.input_audio");
            case "file" when part.Find("file")?.FindText("file_data") is { } file:
                return ReadData(file, $"{param}.file");
            case var type:
                notes.Refuse($"'{param}' is of type '{type}', which {notes.Model} is not sent; text, image_url, input_audio and file with its file_data are.", param);
                return null;
        }
    }

    private AIContent? ReadImage(string? address, string param)
    {
        if (address?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) == true)
        {
            return ReadData(address, param);
        }

        if (Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            // What it is, only whoever fetches it finds out.
            return new UriContent(url, "image/*");
        }

        notes.Refuse($"'{param}' needs a 'url': an http or https address, or data:image/png;base64,….", param);
        return null;
    }

    private DataContent? ReadData(string address, string param)
    {
        try
        {
            return new DataContent(address);
        }
        catch (Exception invalid) when (invalid is ArgumentException or FormatException)
        {
            notes.Refuse($"'{param}' is no data that can be read; it must be base64 with its media type.", param);
            return null;
        }
    }
}
