using System.Text.Json;

namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>Writes content blocks: <c>{"text":"…"}</c>, <c>{"toolUse":{…}}</c> and so on.</summary>
internal sealed class BlockWriter(Utf8JsonWriter json, Translation translation)
{
    private readonly ImageWriter _images = new(json, translation);

    public void Write(Block block)
    {
        switch (block.Kind)
        {
            case BlockKind.Text:
                WriteText(block.Value);
                break;
            case BlockKind.Image:
                _images.Write(block);
                break;
            case BlockKind.ToolUse:
                WriteToolUse(block);
                break;
            case BlockKind.ToolResult:
                WriteToolResult(block);
                break;
            case BlockKind.Reasoning:
                WriteReasoning(block);
                break;
            default:
                WriteCachePoint(json, block.Value);
                break;
        }
    }

    /// <summary><c>{"cachePoint":{"type":"default","ttl":"1h"}}</c></summary>
    public static void WriteCachePoint(Utf8JsonWriter json, JsonElement control)
    {
        json.WriteStartObject();
        json.WriteStartObject("cachePoint");
        json.WriteString("type", "default");
        if (control.FindText("ttl") is "5m" or "1h")
        {
            json.WriteString("ttl", control.FindText("ttl"));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteText(JsonElement text)
    {
        json.WriteStartObject();
        json.WriteRaw("text", text);
        json.WriteEndObject();
    }

    // {"id":"call_1","type":"function","function":{"name":"add","arguments":"{\"a\":2}"}}
    private void WriteToolUse(Block block)
    {
        var function = block.Value.GetProperty("function");
        json.WriteStartObject();
        json.WriteStartObject("toolUse");
        json.WriteString("toolUseId", translation.CallIds.Sent(block.Value.FindText("id")!));
        json.WriteString("name", translation.Tools.Sent(function.FindText("name")!));
        WriteInput(block, function);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteInput(Block block, JsonElement function)
    {
        json.WritePropertyName("input");
        var arguments = function.Find("arguments");
        if (arguments is { ValueKind: JsonValueKind.Object } already)
        {
            json.WriteRaw(already);
            return;
        }

        var text = arguments is { ValueKind: JsonValueKind.String } given ? given.GetString() : arguments is null ? "" : null;
        if (string.IsNullOrWhiteSpace(text) && text is not null)
        {
            json.WriteRawValue("{}"u8);
            return;
        }

        try
        {
            using var input = JsonDocument.Parse(text ?? "null");
            if (input.RootElement.ValueKind == JsonValueKind.Object)
            {
                json.WriteRaw(input.RootElement);
                return;
            }
        }
        catch (JsonException)
        {
            // Told below, like JSON that is no object.
        }

        json.WriteRawValue("{}"u8);
        translation.Refuse(
            $"The arguments of the call '{block.Value.FindText("id")}' of '{function.FindText("name")}' are not a JSON object.", $"{block.Param}.function.arguments");
    }

    private void WriteToolResult(Block block)
    {
        json.WriteStartObject();
        json.WriteStartObject("toolResult");
        json.WriteString("toolUseId", translation.CallIds.Sent(block.Value.FindText("tool_call_id")!));
        json.WriteStartArray("content");
        WriteResultContent(block);
        json.WriteEndArray();
        if (translation.Quirks.HasResultStatus && block.Value.IsTrue("is_error"))
        {
            json.WriteString("status", "error");
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteResultContent(Block block)
    {
        switch (block.Value.Find("content"))
        {
            case { ValueKind: JsonValueKind.String } text when !text.IsBlank():
                WriteText(text);
                break;
            case { ValueKind: JsonValueKind.Array } parts:
                var index = 0;
                foreach (var part in parts.EnumerateArray())
                {
                    WriteResultPart(part, $"{block.Param}.content[{index++}]");
                }

                break;
        }
    }

    private void WriteResultPart(JsonElement part, string param)
    {
        switch (part.FindText("type"))
        {
            case "text" when part.Find("text") is { ValueKind: JsonValueKind.String } text:
                if (!text.IsBlank())
                {
                    WriteText(text);
                }

                break;
            case "image_url" when part.Find("image_url") is { } image:
                _images.Write(new Block(BlockKind.Image, image, $"{param}.image_url"));
                break;
            case var type:
                translation.Refuse($"'{param}' is of type '{type}'; a tool's result is text or image_url.", param);
                break;
        }
    }

    // {"type":"thinking","thinking":"…","signature":"…"} or {"type":"redacted_thinking","data":"base64"}, as replies carry them.
    private void WriteReasoning(Block block)
    {
        json.WriteStartObject();
        json.WriteStartObject("reasoningContent");
        if (block.Value.FindText("data") is { } data)
        {
            json.WriteString("redactedContent", data);
        }
        else
        {
            json.WriteStartObject("reasoningText");
            json.WriteString("text", block.Value.FindText("thinking") ?? "");
            if (block.Value.FindText("signature") is { } signature)
            {
                json.WriteString("signature", signature);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
