using System.Text.Json;

namespace Gateway.Api.Responses.Replies;

/// <summary>Writes the items of an output, and their parts.</summary>
internal static class ItemJson
{
    /// <param name="json">Where to.</param>
    /// <param name="output">What the item is part of.</param>
    /// <param name="item">The item.</param>
    /// <param name="withEncryptedContent">Whether reasoning carries what its provider takes back.</param>
    public static void Write(Utf8JsonWriter json, Output output, OutputItem item, bool withEncryptedContent)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Id);
        switch (item.Kind)
        {
            case OutputKind.Message:
                json.WriteString("type", "message");
                json.WriteString("status", NameOf(item.Status));
                WriteParts(json, output, item, "content", part => part.Kind is PartKind.Text or PartKind.Refusal);
                json.WriteString("role", "assistant");
                break;
            case OutputKind.Reasoning:
                json.WriteString("type", "reasoning");
                WriteParts(json, output, item, "summary", part => part.Kind == PartKind.ReasoningSummary);
                WriteParts(json, output, item, "content", part => part.Kind == PartKind.Reasoning);
                json.WriteString("encrypted_content", withEncryptedContent ? item.EncryptedContent : null);
                json.WriteString("status", NameOf(item.Status));
                break;
            case OutputKind.McpListTools or OutputKind.McpCall or OutputKind.McpApprovalRequest:
                item.Members!(json);
                break;
            default:
                json.WriteString("type", "function_call");
                json.WriteString("status", NameOf(item.Status));
                WriteString(json, "call_id", output.TextOf(item.CallId));
                WriteString(json, "name", output.TextOf(item.Name));
                WriteString(json, "arguments", item.Parts is [var arguments] ? output.TextOf(arguments.Text) : "\"\""u8);
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a part that is there in full.</summary>
    public static void WritePart(Utf8JsonWriter json, Output output, OutputPart part) =>
        WritePart(json, part.Kind, output.TextOf(part.Text), output.LogprobsOf(part.Logprobs));

    /// <summary>Writes a part that has just begun.</summary>
    public static void WriteEmptyPart(Utf8JsonWriter json, PartKind kind) => WritePart(json, kind, "\"\""u8, default);

    /// <param name="text">A JSON string, quotes included.</param>
    public static void WriteString(Utf8JsonWriter json, string name, ReadOnlySpan<byte> text)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(text, skipInputValidation: true);
    }

    /// <param name="inside">What stands between the brackets.</param>
    public static void WriteLogprobs(Utf8JsonWriter json, ReadOnlySpan<byte> inside)
    {
        json.WriteStartArray("logprobs");
        if (!inside.IsEmpty)
        {
            json.WriteRawValue(inside, skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    private static string NameOf(OutputStatus status) => status switch
    {
        OutputStatus.InProgress => "in_progress",
        OutputStatus.Completed => "completed",
        _ => "incomplete",
    };

    private static void WriteParts(Utf8JsonWriter json, Output output, OutputItem item, string name, Func<OutputPart, bool> belongs)
    {
        json.WriteStartArray(name);
        foreach (var part in item.Parts.Where(belongs))
        {
            WritePart(json, output, part);
        }

        json.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter json, PartKind kind, ReadOnlySpan<byte> text, ReadOnlySpan<byte> logprobs)
    {
        json.WriteStartObject();
        switch (kind)
        {
            case PartKind.Text:
                json.WriteString("type", "output_text");
                json.WriteStartArray("annotations");
                json.WriteEndArray();
                WriteLogprobs(json, logprobs);
                WriteString(json, "text", text);
                break;
            case PartKind.Refusal:
                json.WriteString("type", "refusal");
                WriteString(json, "refusal", text);
                break;
            default:
                json.WriteString("type", kind == PartKind.Reasoning ? "reasoning_text" : "summary_text");
                WriteString(json, "text", text);
                break;
        }

        json.WriteEndObject();
    }
}
